# SPDX-License-Identifier: GPL-2.0-or-later
"""Builds what is not Python: the native core for the host, kernel and userland for the guest.

Everything is compiled by the C compiler in the PyPI package ``ziglang``; nothing is asked of the
machine. ``python -m sim.build`` does by hand what the package's build hook does. The compiler's own
cache makes a second build quick, so there are no dependency rules here. Imports nothing of ``sim``.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

SIM = Path(__file__).resolve().parent
GUEST = SIM / "guest"
OUT = SIM / "_build"
OBJECTS = SIM.parent / "build"

ARM = ["-mcpu=cortex_a8", "-marm", "-mfloat-abi=soft", "-fno-stack-protector", "-fno-sanitize=all"]
# No path of this machine in the guest: wherever it is built it is the same to the byte, and so are its cycle counts.
ARM += [f"-ffile-prefix-map={SIM.parent}/=", "-ffile-compilation-dir=."]
WARN = ["-std=gnu17", "-Wall", "-Wextra", "-Wno-unused-parameter", "-Werror"]
# Every function keeps a frame, and nothing is inlined or tail-called: each is a probe of fbt.
PROBEABLE = [
    "-fno-omit-frame-pointer",
    "-mno-omit-leaf-frame-pointer",
    "-fno-inline",
    "-fno-inline-functions",
    "-fno-optimize-sibling-calls",
    # The push stays the first instruction: no early return before it that no probe would see.
    *("-mllvm", "-enable-shrink-wrap=false"),
    # What does not return is followed by a trap: the return address of a last call stays inside its function.
    *("-mllvm", "-trap-unreachable"),
]
KERNEL_FLAGS = [
    *("-target", "arm-freestanding-eabi", *ARM, *WARN, *PROBEABLE),
    *("-ffreestanding", "-nostdlib", "-nostdinc", "-O2", "-g", "-funwind-tables", "-fno-builtin"),
    *("-fno-strict-aliasing", "-fno-common", "-mno-unaligned-access", "-D_KERNEL"),
]
# The trial's finding: shared objects need the musl target, without unwind tables.
USER_FLAGS = [
    *("-target", "arm-linux-musleabi", *ARM, *WARN),
    *("-ffreestanding", "-nostdlib", "-nostdinc", "-O2", "-g", "-fno-builtin", "-fno-strict-aliasing"),
    *("-fno-unwind-tables", "-fno-asynchronous-unwind-tables", "-fno-exceptions", "-fPIC"),
    *("-fno-omit-frame-pointer", "-mno-unaligned-access"),
]
# Programs are not position independent, as in 2015; they and libc carry unwind tables, rtld needs none.
USER_KIND_FLAGS = {"rtld": [], "library": ["-funwind-tables"], "program": ["-fno-PIC", "-funwind-tables"]}
# Two loadable segments, text and data, on different 32 KiB pages: the shape of the lecture's objdump.
USER_LINK = [
    *("--build-id=none", "--hash-style=sysv", "--no-rosegment", "--no-undefined"),
    *("-z", "norelro", "-z", "nognustack", "-z", "max-page-size=0x8000"),
]
DYNAMIC_PROGRAM = ["--dynamic-linker=/libexec/ld-elf.so.1"]
KERNEL_DIRS = ("arm", "kern", "vm", "fs", "dev", "libkern", "dtrace")


class BuildError(Exception):
    """The compiler or linker failed; the text is what it printed."""


@dataclass(frozen=True)
class Unit:
    """One source file to compile, where its object goes, and with which flags."""

    source: Path
    object: Path
    flags: tuple[str, ...]


def zig(*args: str) -> None:
    """Run the packaged compiler; raises BuildError with its output."""
    cache = str(OBJECTS / "zig-cache")
    env = os.environ | {"ZIG_GLOBAL_CACHE_DIR": cache, "ZIG_LOCAL_CACHE_DIR": cache}
    command = [sys.executable, "-m", "ziglang", *args]
    done = subprocess.run(command, capture_output=True, text=True, env=env, check=False)
    if done.returncode != 0:
        raise BuildError(f"{' '.join(args[:1])} failed ({args[-3:]}):\n{done.stderr}{done.stdout}")


def link(target: Path, *args: str) -> None:
    """Run a link step; its output appears only when it is whole, and a running machine keeps the old file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        zig(*args, "-o", str(partial))
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def compile_unit(unit: Unit) -> Path:
    """Compile one unit and return its object file."""
    unit.object.parent.mkdir(parents=True, exist_ok=True)
    zig("cc", *unit.flags, "-c", str(unit.source), "-o", str(unit.object))
    return unit.object


def compile_all(units: Iterable[Unit]) -> list[Path]:
    """Compile the units side by side; raises BuildError for the first that fails."""
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 2) as pool:
        return list(pool.map(compile_unit, units))


def sources(folder: Path, *patterns: str) -> list[Path]:
    """Return the C and assembly files directly in ``folder``, sorted so that builds are repeatable."""
    found = [path for pattern in patterns or ("*.c", "*.S") for path in folder.glob(pattern)]
    return sorted(found)


def unit(source: Path, group: str, flags: Sequence[str]) -> Unit:
    """Return the unit for ``source`` in an object folder of its own group."""
    name = source.relative_to(SIM).with_suffix(source.suffix + ".o")
    return Unit(source, OBJECTS / group / name, tuple(flags))


def include_flags() -> list[str]:
    """Return the include path of guest code: generated files first, then our own headers."""
    return [f"-I{OBJECTS / 'gen'}", f"-I{GUEST / 'include'}", f"-I{GUEST}"]


def generate() -> None:
    """Write the files made from abi/syscalls.tbl into build/gen, if the table exists."""
    script = GUEST / "abi" / "gensyscalls.py"
    if script.exists():
        (OBJECTS / "gen").mkdir(parents=True, exist_ok=True)
        table = GUEST / "abi" / "syscalls.tbl"
        subprocess.run([sys.executable, str(script), str(table), str(OBJECTS / "gen")], check=True)


def kernel_units() -> list[Unit]:
    """Return the units of the kernel."""
    flags = KERNEL_FLAGS + include_flags()
    paths = [path for folder in KERNEL_DIRS for path in sources(GUEST / folder)]
    return [unit(path, "kernel", flags) for path in paths]


def build_kernel() -> None:
    """Compile and link the kernel into sim/_build/kernel, and its types into sim/_build/kernel.types."""
    generate()
    objects = compile_all(kernel_units())
    script = GUEST / "arm" / "kernel.ld"
    flags = ["-target", "arm-freestanding-eabi", "-mcpu=cortex_a8", "-nostdlib", "-static", f"-Wl,-T,{script}"]
    link(OUT / "kernel", "cc", *flags, "-Wl,--build-id=none", *map(str, objects))
    describe_types(OUT / "kernel", OUT / "kernel.types")


def describe_types(kernel: Path, target: Path) -> None:
    """Write the kernel's C types beside it; raises BuildError if its DWARF cannot be read."""
    partial = target.with_name(f".{target.name}.{os.getpid()}")
    command = [sys.executable, str(SIM / "gentypes.py"), str(kernel), str(partial)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise BuildError(f"kernel types failed:\n{done.stderr}")
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)


def build_user() -> None:
    """Compile the run-time linker, libc and the programs into sim/_build/root as guest/root.toml lays them out."""
    generate()
    manifest = tomllib.loads((GUEST / "root.toml").read_text())
    for kind in ("rtld", "library", "program"):
        for entry in manifest.get(kind, []):
            link_user(kind, entry, OUT / "root")


def user_objects(kind: str, entry: dict[str, object]) -> list[str]:
    """Compile an entry's ``sources`` (globs relative to the guest folder) and return the objects."""
    globs = [str(item) for item in entry["sources"]]  # type: ignore[attr-defined]
    paths = {path for glob in globs for path in GUEST.glob(glob)}
    include = [f"-I{OBJECTS / 'gen'}", f"-I{GUEST / 'lib' / 'include'}", f"-I{GUEST}"]
    flags = USER_FLAGS + USER_KIND_FLAGS[kind] + include
    return [str(path) for path in compile_all(unit(path, f"user-{kind}", flags) for path in sorted(paths))]


def link_user(kind: str, entry: dict[str, object], root: Path) -> None:
    """Link one file of the guest root: ``entry`` gives path, sources, libs (guest paths), static, version_script."""
    target = root / str(entry["path"]).lstrip("/")
    shape = {
        "rtld": ["-shared", "-soname", target.name, "-e", "rtld_start", "-Bsymbolic"],
        "library": ["-shared", "-soname", target.name],
        "program": ["--image-base=0x8000", *(["-static"] if entry.get("static") else DYNAMIC_PROGRAM)],
    }[kind]
    if script := entry.get("version_script"):
        shape.append(f"--version-script={GUEST / str(script)}")
    libs = [str(root / str(lib).lstrip("/")) for lib in entry.get("libs", [])]  # type: ignore[attr-defined]
    link(target, "ld.lld", *USER_LINK, *shape, *user_objects(kind, entry), *libs)


def build_core() -> None:
    """Compile the native core against the unicorn package and link it into sim/_build."""
    spec = importlib.util.find_spec("unicorn")
    if spec is None or spec.origin is None:
        raise BuildError("the unicorn package is needed to build the core; pip install unicorn")
    package = Path(spec.origin).parent
    include = [f"-I{package / 'include'}", f"-I{SIM / 'core'}", f"-I{GUEST}"]
    flags = [*WARN, "-O3", "-g", "-flto", "-fPIC", "-fno-sanitize=all", *include]
    objects = compile_all(unit(path, "core", flags) for path in sources(SIM / "core", "*.c"))
    library = next((package / "lib").glob("libunicorn.so*"), None)
    if library is None:
        raise BuildError(f"no libunicorn shared library in {package / 'lib'}")
    link(OUT / "libprobecore.so", "cc", "-shared", "-O3", "-flto", *map(str, objects), str(library), "-lm")


def build_all() -> None:
    """Build core, kernel and userland."""
    build_core()
    build_kernel()
    build_user()


def matches(path: Path, globs: Iterable[str]) -> bool:
    """Return whether one of the globs matches the whole path."""
    return any(fnmatch(str(path), glob) for glob in globs)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the build named on the command line; exit status 1 if a compiler failed."""
    parser = argparse.ArgumentParser(prog="python -m sim.build", description="build the native core and the guest")
    parser.add_argument("what", nargs="?", default="all", choices=["all", "core", "kernel", "user"])
    parser.add_argument("--objects", action="append", metavar="GLOB", help="only compile kernel files matching GLOB")
    args = parser.parse_args(argv)
    try:
        if args.objects:
            generate()
            wanted = [u for u in kernel_units() if matches(u.source.relative_to(GUEST), args.objects)]
            compile_all(wanted)
        else:
            {"all": build_all, "core": build_core, "kernel": build_kernel, "user": build_user}[args.what]()
    except BuildError as error:
        print(f"build: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
