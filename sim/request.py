# SPDX-License-Identifier: GPL-2.0-or-later
"""The request the host leaves in the mailbox (struct pv_request, abi/pvctl.h): what init is to run, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sim import abi
from sim.config import Config
from sim.errors import LoadError

_NOISE = {
    "noise.page_order": abi.PV_NOISE_PAGE_ORDER,
    "noise.timer_phase": abi.PV_NOISE_TIMER_PHASE,
    "noise.stack_gap": abi.PV_NOISE_STACK_GAP,
    "noise.background": abi.PV_NOISE_BACKGROUND,
}


@dataclass(frozen=True)
class Request:
    """One program for the guest to run, or a D program with what it is to watch.

    ``argv`` is what init executes. With ``program``, the compiled D program, ``commands`` are started by the guest's
    dtrace and traced from their first instruction, and ``pid`` is a process that is there already, followed to its end.
    """

    argv: tuple[str, ...] = ()
    program: bytes = b""
    seed: int = 0
    env: Mapping[str, str] = field(default_factory=dict)
    commands: tuple[tuple[str, ...], ...] = ()
    pid: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        """What init executes: ``argv``, or the guest's dtrace with the commands."""
        if self.argv or not self.program:
            return self.argv
        grabbed = ("-p", str(self.pid)) if self.pid else ()
        commands = [word for argv in self.commands for word in ("-c", str(len(argv)), *argv)]
        return ("dtrace", *grabbed, *commands)


def encode_request(request: Request, config: Config, limit: int) -> tuple[bytes, int]:
    """Return the mailbox's bytes and the offset of the D program; raises LoadError if over ``limit`` bytes."""
    words = request.words
    if not words or any("\0" in word for word in words) or not all(request.commands):
        raise LoadError(f"request {words!r}; expected at least one word a command, none with a NUL")
    env = dict(request.env)
    if not config["kernel.junk"]:
        env.setdefault("MALLOC_CONF", "junk:false")
    argv = b"".join(word.encode("utf-8", "surrogateescape") + b"\0" for word in words)
    environment = b"".join(f"{name}={value}".encode("utf-8", "surrogateescape") + b"\0" for name, value in env.items())
    argv_off = abi.PV_REQUEST.size
    env_off = argv_off + len(argv)
    prog_off = -(-(env_off + len(environment)) // 64) * 64
    if prog_off + len(request.program) > limit:
        raise LoadError(f"request of {prog_off + len(request.program)} bytes; expected at most {limit}")
    noise = sum(bit for key, bit in _NOISE.items() if config[key])
    header = abi.PV_REQUEST.pack(
        abi.PV_REQ_MAGIC, argv_off, len(argv), prog_off if request.program else 0, len(request.program), noise,
        request.seed & 0xFFFFFFFF, request.seed >> 32 & 0xFFFFFFFF, env_off if environment else 0, len(environment),
    )  # fmt: skip
    body = header + argv + environment
    return body + bytes(prog_off - len(body)) + request.program, prog_off
