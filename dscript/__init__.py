# SPDX-License-Identifier: GPL-2.0-or-later
"""The D language: ``compile_program(source, env)`` gives the ``Program`` that the tracer loads.

The compiler asks about probes and kernel symbols through the ``TypeEnv`` Protocol; ``EmptyEnv`` is the fake.
"""

from dscript.compiler import compile_program
from dscript.ctype import (
    ArrayType,
    CType,
    EnumType,
    FloatType,
    FunctionType,
    IntType,
    Member,
    PointerType,
    StringType,
    StructType,
    VoidType,
)
from dscript.desugar import desugar
from dscript.dif import describe_code, disassemble, validate_difo
from dscript.env import EmptyEnv, KernelSymbol, ProbeArgument, TypeEnv
from dscript.errors import CompileError, Diagnostic, DifError, DifFault, DScriptError, describe_diagnostic
from dscript.fields import Field, list_fields
from dscript.formats import Conversion, FormatError, Literal, parse_format
from dscript.library import Library
from dscript.program import (
    Action,
    ActionKind,
    Aggregation,
    Clause,
    Difo,
    DifVariable,
    ProbeDescription,
    Program,
    Statement,
    StatementKind,
    ValueKind,
    ValueType,
)
from dscript.render import render_value
from dscript.source import NOWHERE
from dscript.stability import Attributes, describe_probe_stability, describe_stability

__all__ = [
    "NOWHERE",
    "Action",
    "ActionKind",
    "Aggregation",
    "ArrayType",
    "Attributes",
    "CType",
    "Clause",
    "CompileError",
    "Conversion",
    "DScriptError",
    "Diagnostic",
    "DifError",
    "DifFault",
    "DifVariable",
    "Difo",
    "EmptyEnv",
    "EnumType",
    "Field",
    "FloatType",
    "FormatError",
    "FunctionType",
    "IntType",
    "KernelSymbol",
    "Library",
    "Literal",
    "Member",
    "PointerType",
    "ProbeArgument",
    "ProbeDescription",
    "Program",
    "Statement",
    "StatementKind",
    "StringType",
    "StructType",
    "TypeEnv",
    "ValueKind",
    "ValueType",
    "VoidType",
    "compile_program",
    "describe_code",
    "describe_diagnostic",
    "describe_probe_stability",
    "describe_stability",
    "desugar",
    "disassemble",
    "list_fields",
    "parse_format",
    "render_value",
    "validate_difo",
]
