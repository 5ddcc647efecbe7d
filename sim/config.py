# SPDX-License-Identifier: GPL-2.0-or-later
"""Machine configurations: TOML files in sim/machines, checked against one table of keys.

``load_config(name_or_path, overrides={"kernel.unwind": "static"})`` returns a frozen ``Config``;
``config["cpu.hz"]`` reads a value. Every mistake is one line naming file, key, value and expectation.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.errors import ConfigError
from sim.schema import KEYS, Value

MACHINES = Path(__file__).resolve().parent / "machines"
DEFAULT_MACHINE = "beaglebone-black-l41"


@dataclass(frozen=True)
class Config:
    """A checked machine configuration; ``values`` holds every key of the schema as section.key."""

    name: str
    description: str
    values: Mapping[str, Value]

    def __getitem__(self, key: str) -> Value:
        """Return the value of ``section.key``; raises ConfigError for a key the schema does not have."""
        if key not in self.values:
            raise ConfigError(f"{self.name}: no key {key}; see sim/machines for the keys there are")
        return self.values[key]

    def number(self, key: str) -> int | float:
        """Return a numeric value (booleans count as 0 and 1)."""
        value = self[key]
        if isinstance(value, str):
            raise ConfigError(f"{self.name}: {key} = {value!r}; expected a number")
        return value

    def integer(self, key: str) -> int:
        """Return a numeric value as int."""
        return int(self.number(key))


def list_machines() -> tuple[str, ...]:
    """Return the names of the machines that come with the package."""
    return tuple(sorted(path.stem for path in MACHINES.glob("*.toml")))


def load_config(machine: str | Path = DEFAULT_MACHINE, overrides: Mapping[str, Value] | None = None) -> Config:
    """Return the configuration of a named machine or a TOML file, with ``overrides`` on top."""
    path = find_machine(machine)
    tables = _read(path)
    machine_table = tables.pop("machine", {})
    description = str(machine_table.get("description", path.stem)) if isinstance(machine_table, dict) else path.stem
    values = dict(_flatten(path, tables))
    for key, value in values.items():
        validate_value(str(path), key, value)
    for key, value in (overrides or {}).items():
        validate_value("override", key, value)
        values[key] = value
    if missing := sorted(set(KEYS) - set(values)):
        raise ConfigError(f"{path}: {missing[0]} is missing; expected {KEYS[missing[0]].describe()}")
    _validate_geometry(path, values)
    return Config(path.stem, description, values)


def find_machine(machine: str | Path) -> Path:
    """Return the file of a machine given by name or path; raises ConfigError if there is none."""
    path = Path(machine)
    if path.suffix == ".toml":
        if not path.is_file():
            raise ConfigError(f"{path}: no such machine file")
        return path
    path = MACHINES / f"{machine}.toml"
    if not path.is_file():
        raise ConfigError(f"no machine named {machine!r}; expected one of {', '.join(list_machines())} or a .toml file")
    return path


def parse_override(text: str) -> tuple[str, Value]:
    """Return (key, value) of a command-line ``section.key=value``; the value's type follows the schema."""
    key, equals, raw = text.partition("=")
    if not equals or key not in KEYS:
        raise ConfigError(f"override {text!r}; expected section.key=value with a key of the machine file")
    value = KEYS[key].parse(raw)
    if value is None:
        raise ConfigError(f"override: {key} = {raw!r}; expected {KEYS[key].describe()}")
    return key, value


def validate_value(where: str, key: str, value: object) -> None:
    """Raise ConfigError unless ``key`` is in the schema and ``value`` suits it."""
    if key not in KEYS:
        section = key.split(".")[0]
        known = ", ".join(sorted(name for name in KEYS if name.split(".")[0] == section)) or "a known section"
        raise ConfigError(f"{where}: unknown key {key} = {value!r}; expected {known}")
    if not KEYS[key].accepts(value):
        raise ConfigError(f"{where}: {key} = {value!r}; expected {KEYS[key].describe()}")


def core_parameters(config: Config, timed: bool = True, plain: bool = False) -> dict[str, int]:
    """Return the native core's parameters: sizes and cycles as they are, nanoseconds turned into cycles."""
    hz = config.integer("cpu.hz")
    parameters = {"cpu.timed": int(timed), "cpu.plain": int(plain)}
    for key, spec in KEYS.items():
        if not spec.native:
            continue
        value = config.number(key)
        if key.endswith("_ns"):
            parameters[key.removesuffix("_ns") + "_cycles"] = round(value * hz / 1_000_000_000)
        else:
            parameters[key] = int(value)
    return parameters


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise ConfigError(f"{path}: not a readable TOML file: {error}") from error


def _flatten(path: Path, tables: Mapping[str, object]) -> Iterator[tuple[str, Value]]:
    for section, table in tables.items():
        if not isinstance(table, dict):
            raise ConfigError(f"{path}: {section} = {table!r}; expected a section of keys")
        for key, value in table.items():
            yield f"{section}.{key}", value


def _validate_geometry(path: Path, values: Mapping[str, Value]) -> None:
    ram, mailbox = int(values["ram.bytes"]), int(values["ram.mailbox_bytes"])
    if ram % (1 << 20) or mailbox % (1 << 20):
        raise ConfigError(f"{path}: ram.bytes = {ram}, ram.mailbox_bytes = {mailbox}; expected multiples of 1 MiB")
    if mailbox * 2 > ram:
        raise ConfigError(f"{path}: ram.mailbox_bytes = {mailbox}; expected at most half of ram.bytes = {ram}")
