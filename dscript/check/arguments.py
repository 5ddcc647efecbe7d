# SPDX-License-Identifier: GPL-2.0-or-later
"""The builtin arrays: ``args[n]``, the probe's typed arguments, and ``uregs[n]``, the thread's user registers."""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check.convert import convert
from dscript.check.definitions import Translated
from dscript.check.probes import get_shape
from dscript.check.scope import Scope
from dscript.check.translators import translated_argument
from dscript.check.typenames import type_of
from dscript.ctype import IntType, PointerType
from dscript.env import ProbeArgument
from dscript.errors import Problem
from dscript.idents import ARRAYS, BUILTINS
from dscript.program import DifVariable
from dscript.record import replace
from dscript.source import Span

USER_REGISTERS = 17  # r0 … r12, sp, lr, pc, cpsr
_DIRECT = 10  # arguments that arg0 … arg9 name


def is_array(name: str) -> bool:
    """True for the name of a builtin array."""
    return name in ARRAYS


def read_base(node: nodes.Expr, scope: Scope) -> tree.Expr:
    """An expression of which a member is taken: of ``args[n]`` first that of its published type."""
    if isinstance(node, nodes.Index) and isinstance(node.base, nodes.Name) and node.base.name == "args":
        return read_item(node, "args", scope, base=True)
    return scope.cook(node)


def read_item(node: nodes.Index, name: str, scope: Scope, *, base: bool = False) -> tree.Expr:
    """``args[n]`` or ``uregs[n]``; a translated argument has no value but the one before the translation."""
    if len(node.keys) != 1:
        raise Problem(
            "D_PROTO_LEN", node.span, f"{name}[ ] prototype mismatch: {len(node.keys)} args passed, 1 expected"
        )
    index = scope.cook(node.keys[0])
    if name == "args":
        found = _argument(index, node.span, scope)
        return found.native if isinstance(found, Translated) and found.native and not base else found
    return _register(name, index, node.span, scope)


def _constant(name: str, index: tree.Expr) -> int:
    if not isinstance(index, tree.IntConst) or not isinstance(index.type, IntType):
        raise Problem(
            "D_PROTO_ARG",
            index.span,
            f"{name}[ ] argument #1 is incompatible with prototype:\n\tprototype: integer constant\n"
            f"\t argument: {index.type}",
        )
    return index.value


def _register(name: str, index: tree.Expr, span: Span, scope: Scope) -> tree.Expr:
    number = _constant(name, index)
    if name != "uregs":
        raise Problem("D_VAR_UNSUP", span, f"{name}[ ] is not available on this machine")
    if not 0 <= number < USER_REGISTERS:
        raise Problem("D_REGS_IDX", index.span, f"index {number} is out of range for array {name}")
    kind = type_of("uint64_t")
    variable = DifVariable(name, ARRAYS[name], 0, 0, scope.value_type(kind))
    return tree.ArrayItem(kind, span, variable, index)


def _argument(index: tree.Expr, span: Span, scope: Scope) -> tree.Expr:
    number = _constant("args", index)
    types = _agreed(span, scope)
    if not 0 <= number < len(types):
        raise Problem(
            "D_ARGS_IDX",
            index.span,
            f"index {number} is out of range for args[ ]: the probe has {len(types)} typed arguments",
        )
    argument = types[number]
    if not isinstance(argument.native, IntType | PointerType):
        raise Problem("D_ARGS_TYPE", span, f'failed to resolve native type for args[{number}]: "{argument.native}"')
    native = _raw(argument, span, scope)
    if argument.translated is None or argument.translated == str(argument.native):
        return native
    found = translated_argument(native, argument.translated, span, scope)
    return replace(found, native=native) if isinstance(found, Translated) else found


def _raw(argument: ProbeArgument, span: Span, scope: Scope) -> tree.Expr:
    """The register argument under its native type."""
    number = argument.source
    kind = type_of("int64_t")
    if number < _DIRECT:
        variable = DifVariable(f"arg{number}", BUILTINS[f"arg{number}"].number, 1, 0, scope.value_type(kind))
        return convert(tree.Variable(kind, span, variable), argument.native)
    array = DifVariable("args", ARRAYS["args"], 0, 0, scope.value_type(kind))
    return convert(tree.ArrayItem(kind, span, array, tree.IntConst(kind, span, number)), argument.native)


def _agreed(span: Span, scope: Scope) -> tuple[ProbeArgument, ...]:
    """The argument types that all probes of the clause have."""
    if scope.probes is None:
        raise Problem("D_ARGS_NONE", span, "args[ ] may not be referenced outside of a probe clause")
    known = [*scope.offered, *(scope.env.find_arguments(probe) or () for probe in scope.probes)]
    if not known:
        raise Problem("D_ARGS_NONE", span, "args[ ] is not available: the clause matches no probe")
    if len(set(map(get_shape, known))) > 1:
        raise Problem(
            "D_ARGS_MULTI",
            span,
            "args[ ] may not be referenced because the clause matches probes with different arguments",
        )
    return known[0]
