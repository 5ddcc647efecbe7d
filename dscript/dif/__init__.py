# SPDX-License-Identifier: GPL-2.0-or-later
"""DIF, the D Intermediate Format: opcodes, encoding, building, verifying, listing."""

from dscript.dif.build import Builder, OutOfRegistersError, OutOfTableError
from dscript.dif.disasm import describe_code, describe_value, disassemble
from dscript.dif.encode import Fields, decode, encode
from dscript.dif.opcodes import Layout, Op
from dscript.dif.verify import validate_difo

__all__ = [
    "Builder",
    "Fields",
    "Layout",
    "Op",
    "OutOfRegistersError",
    "OutOfTableError",
    "decode",
    "describe_code",
    "describe_value",
    "disassemble",
    "encode",
    "validate_difo",
]
