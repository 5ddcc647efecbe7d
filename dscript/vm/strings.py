# SPDX-License-Identifier: GPL-2.0-or-later
"""String subroutines of the reference interpreter, with DTrace's rules for positions, tokens and number bases."""

from __future__ import annotations

from collections.abc import Sequence

from dscript.errors import DifFault
from dscript.vm.faults import Fault
from dscript.vm.host import MASK, Host, Pushed, signed

Arguments = Sequence[Pushed]


def substr(m: Host, a: Arguments) -> int:
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


def search(m: Host, a: Arguments, *, last: bool) -> int:
    """index and rindex: the position of one string in another, from a position on; -1 if absent."""
    text, part = m.string(a[0].value), m.string(a[1].value)
    if last:
        start = signed(a[2].value) if len(a) > 2 else len(text)
        return text.rfind(part, 0, min(start, len(text)) + len(part)) if start >= 0 else (0 if not part else -1)
    start = max(signed(a[2].value), 0) if len(a) > 2 else 0
    if not part:
        return min(start, len(text))
    return text.find(part, start)


def find_char(m: Host, a: Arguments, *, last: bool) -> int:
    """strchr and strrchr: from the first or last such character on; null if it is absent."""
    text, char = m.string(a[0].value), bytes([a[1].value & 0xFF])
    if char == b"\0":
        return m.new_string(b"")
    at = text.rfind(char) if last else text.find(char)
    return 0 if at < 0 else m.new_string(text[at:])


def strstr(m: Host, a: Arguments) -> int:
    """strstr(s, part): from the first occurrence on; null if it is absent."""
    text = m.string(a[0].value)
    at = text.find(m.string(a[1].value))
    return 0 if at < 0 else m.new_string(text[at:])


def lltostr(m: Host, a: Arguments) -> int:
    """lltostr(number[, base])."""
    value, base = signed(a[0].value), signed(a[1].value) if len(a) > 1 else 10
    if not 2 <= base <= 36:
        raise DifFault(Fault.ILLOP)
    # bases other than ten show the bits, as an unsigned number
    rest = abs(value) if base == 10 else value & MASK
    digits = ""
    while rest or not digits:
        rest, digit = divmod(rest, base)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    prefix = {16: "0x", 8: "0" if digits != "0" else ""}.get(base, "-" if base == 10 and value < 0 else "")
    return m.new_string((prefix + digits).encode())


def strtoll(m: Host, a: Arguments) -> int:
    """strtoll(s[, base]): the number at the start."""
    text, base = m.string(a[0].value).lstrip(b" \t\n\v\f\r"), signed(a[1].value) if len(a) > 1 else 10
    if not 2 <= base <= 36:
        raise DifFault(Fault.ILLOP)
    sign = -1 if text.startswith(b"-") else 1
    text = (text[1:] if text[:1] in (b"-", b"+") else text).lower()
    value = 0
    for char in text.removeprefix(b"0x") if base == 16 else text:
        digit = b"0123456789abcdefghijklmnopqrstuvwxyz".find(char)
        if not 0 <= digit < base:
            break
        value = value * base + digit
    return sign * value


def strtok(m: Host, a: Arguments) -> int:
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
