# SPDX-License-Identifier: GPL-2.0-or-later
"""The subroutines of DIF for the reference interpreter: number → function of the machine and the tuple stack.

Those that only a kernel can answer (locks) are absent; calling one is an ILLOP fault.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence

from dscript.errors import DifFault
from dscript.vm.faults import Fault
from dscript.vm.host import MASK, Host, Pushed, signed

Arguments = Sequence[Pushed]


def _substr(m: Host, a: Arguments) -> int:
    """substr(s, index[, length]): negative index counts from the end, negative length leaves that many off it."""
    text, index = m.string(a[0].value), signed(a[1].value)
    length = signed(a[2].value) if len(a) > 2 else m.strsize
    if index < 0:
        index += len(text)
        if index < 0 and index + length > 0:
            length += index
            index = 0
    if index < 0 or index > len(text):
        return m.new_string(b"")
    if length < 0:
        length += len(text) - index
    return m.new_string(text[index : index + max(length, 0)])


def _search(m: Host, a: Arguments, *, last: bool) -> int:
    """index and rindex: the position of one string in another, from a position on; -1 if absent."""
    text, part = m.string(a[0].value), m.string(a[1].value)
    if last:
        start = signed(a[2].value) if len(a) > 2 else len(text)
        return text.rfind(part, 0, min(start, len(text)) + len(part)) if start >= 0 else (0 if not part else -1)
    start = max(signed(a[2].value), 0) if len(a) > 2 else 0
    if not part:
        return min(start, len(text))
    return text.find(part, start)


def _find_char(m: Host, a: Arguments, *, last: bool) -> int:
    text, char = m.string(a[0].value), bytes([a[1].value & 0xFF])
    if char == b"\0":
        return m.new_string(b"")
    at = text.rfind(char) if last else text.find(char)
    return 0 if at < 0 else m.new_string(text[at:])


def _strstr(m: Host, a: Arguments) -> int:
    text = m.string(a[0].value)
    at = text.find(m.string(a[1].value))
    return 0 if at < 0 else m.new_string(text[at:])


def _lltostr(m: Host, a: Arguments) -> int:
    value, base = signed(a[0].value), signed(a[1].value) if len(a) > 1 else 10
    if not 2 <= base <= 36:
        raise DifFault(Fault.ILLOP, base & MASK)
    # bases other than ten show the bits, as an unsigned number
    rest = abs(value) if base == 10 else value & MASK
    digits = ""
    while rest or not digits:
        rest, digit = divmod(rest, base)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    prefix = {16: "0x", 8: "0" if digits != "0" else ""}.get(base, "-" if base == 10 and value < 0 else "")
    return m.new_string((prefix + digits).encode())


def _strtoll(m: Host, a: Arguments) -> int:
    text, base = m.string(a[0].value).lstrip(b" \t\n\v\f\r"), signed(a[1].value) if len(a) > 1 else 10
    if not 2 <= base <= 36:
        raise DifFault(Fault.ILLOP, base & MASK)
    sign = -1 if text.startswith(b"-") else 1
    text = (text[1:] if text[:1] in (b"-", b"+") else text).lower()
    value = 0
    for char in text.removeprefix(b"0x") if base == 16 else text:
        digit = b"0123456789abcdefghijklmnopqrstuvwxyz".find(char)
        if not 0 <= digit < base:
            break
        value = value * base + digit
    return sign * value


def _basename(m: Host, a: Arguments) -> int:
    text = m.string(a[0].value)
    stripped = text.rstrip(b"/")
    return m.new_string(posixpath.basename(stripped) if stripped else (b"/" if text else b"."))


def _dirname(m: Host, a: Arguments) -> int:
    stripped = m.string(a[0].value).rstrip(b"/")
    head, slash, _ = stripped.rpartition(b"/")
    if not slash:
        return m.new_string(b"." if stripped or not m.string(a[0].value) else b"/")
    return m.new_string(head.rstrip(b"/") or b"/")


def _progenyof(m: Host, a: Arguments) -> int:
    wanted, pid = signed(a[0].value), m.kernel.builtin("pid")
    while isinstance(pid, int) and pid > 0:
        if pid == wanted:
            return 1
        pid = m.kernel.parents.get(pid, 0)
    return 0


def _copyin(m: Host, a: Arguments) -> int:
    return m.memory.place(m.kernel.user.read(a[0].value, a[1].value))


def _copyinstr(m: Host, a: Arguments) -> int:
    limit = min(m.strsize, a[1].value) if len(a) > 1 else m.strsize
    return m.new_string(m.kernel.user.string(a[0].value, limit))


def _copyinto(m: Host, a: Arguments) -> int:
    m.memory.write(a[2].value, m.kernel.user.read(a[0].value, a[1].value))
    return 0


def _bcopy(m: Host, a: Arguments) -> int:
    m.memory.write(a[1].value, m.memory.read(a[0].value, a[2].value))
    return 0


def _swap(size: int) -> Callable[[Host, Arguments], int]:
    mask = (1 << 8 * size) - 1
    return lambda _m, a: int.from_bytes((a[0].value & mask).to_bytes(size, "little"), "big")


def _cleanpath(m: Host, a: Arguments) -> int:
    """cleanpath(s): between two slashes, "" and "." go and ".." takes the element before it along; ends are kept."""
    first, *rest = m.string(a[0].value).split(b"/")
    clean = first
    for element in rest[:-1]:
        if element == b"..":
            clean = clean[: max(clean.rfind(b"/"), 0)]
        elif element not in (b"", b"."):
            clean += b"/" + element
    return m.new_string(b"/".join([clean, *rest[-1:]]))


def _strtok(m: Host, a: Arguments) -> int:
    """strtok(s, separators): the next token, or null; a null s goes on where this firing's last call stopped."""
    text = m.string(a[0].value) if a[0].value else m.token_rest
    separators = m.string(a[1].value)
    token, m.token_rest = b"", None
    for at, char in enumerate(text or b""):
        if char not in separators:
            token += bytes([char])
        elif token:
            m.token_rest = (text or b"")[at + 1 :]
            break
    return m.new_string(token) if token else 0


SUBROUTINES: dict[int, Callable[[Host, Arguments], int]] = {
    0: lambda m, _a: m.kernel.rand(),
    8: _copyin,
    9: _copyinstr,
    11: _progenyof,
    12: lambda m, a: len(m.string(a[0].value)),
    15: lambda m, a: m.memory.place(bytes(a[0].value)),
    16: _bcopy,
    17: _copyinto,
    23: lambda m, a: m.new_string(m.string(a[0].value) + m.string(a[1].value)),
    24: _lltostr,
    25: _basename,
    26: _dirname,
    27: _cleanpath,
    28: lambda m, a: _find_char(m, a, last=False),
    29: lambda m, a: _find_char(m, a, last=True),
    30: _strstr,
    31: _strtok,
    32: _substr,
    33: lambda m, a: _search(m, a, last=False),
    34: lambda m, a: _search(m, a, last=True),
    35: _swap(2),
    36: _swap(4),
    37: _swap(8),
    38: _swap(2),
    39: _swap(4),
    40: _swap(8),
    42: lambda m, a: m.new_string(".".join(map(str, m.memory.read(a[0].value, 4))).encode()),
    44: lambda m, a: m.new_string(m.string(a[0].value).upper()),
    45: lambda m, a: m.new_string(m.string(a[0].value).lower()),
    54: _strtoll,
}
