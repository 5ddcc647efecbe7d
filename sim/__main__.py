# SPDX-License-Identifier: GPL-2.0-or-later
"""Boots the guest and runs one command on it, with its console on standard error: ``python -m sim dd if=/dev/zero …``

Without a command it only boots. On trouble it prints registers and the console's end; for work on the kernel.
"""

from __future__ import annotations

import argparse
import sys
import time

from sim import ConsoleOutput, Machine, Request, SimError, load_config, parse_noise, parse_override


def main() -> int:
    """Boot, run, print every event; exit status 1 on trouble."""
    parser = argparse.ArgumentParser(prog="python -m sim", description="boot the guest and run one command")
    parser.add_argument("-m", "--machine", default="beaglebone-black-l41")
    parser.add_argument("-o", dest="overrides", action="append", default=[], metavar="SECTION.KEY=VALUE")
    parser.add_argument("--bare", action="store_true", help="without the timing model")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--noise", metavar="SOURCES", help="none, all, or names with commas; instead of the machine's")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="a program and its arguments, run under time")
    args = parser.parse_args()
    machine = None
    try:
        overrides = {**(parse_noise(args.noise) if args.noise else {}), **dict(map(parse_override, args.overrides))}
        machine = Machine(load_config(args.machine, overrides), timed=not args.bare)
        _run(machine, args.command, args.seed)
    except SimError as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        if machine:
            print(machine.console_tail(), file=sys.stderr)
            print(" ".join(f"{name}={value:08x}" for name, value in machine.registers().items()), file=sys.stderr)
            print(f"pc {machine.symbols.find(machine.registers()['pc'])}", file=sys.stderr)
            print(f"lr {machine.symbols.find(machine.registers()['lr'])}", file=sys.stderr)
        return 1
    return 0


def _run(machine: Machine, command: list[str], seed: int) -> None:
    start = time.perf_counter()
    sys.stderr.write(machine.boot().decode("utf-8", "replace"))
    print(f"booted in {time.perf_counter() - start:.2f} s, {machine.counters()}", file=sys.stderr)
    if not command:
        return
    start = time.perf_counter()
    machine.submit(Request(("time", *command), seed=seed))
    for event in machine.events():
        if isinstance(event, ConsoleOutput):
            (sys.stdout if event.fd == 1 else sys.stderr).write(event.data.decode("utf-8", "replace"))
        else:
            print(event, file=sys.stderr)
    print(f"ran for {time.perf_counter() - start:.2f} s, {machine.counters()}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
