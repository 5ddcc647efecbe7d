# SPDX-License-Identifier: GPL-2.0-or-later
"""Structures, unions and enumerations as a script defines or names them.

A tag exists from its opening brace on, so that a structure can point to itself. ``base_type`` and ``derive`` come from
typenames.py, which calls this file.
"""

from __future__ import annotations

from collections.abc import Callable

from dscript import nodes, tree
from dscript.check.scope import Scope
from dscript.ctype import INT, ArrayType, CType, EnumType, FunctionType, IntType, StructType, VoidType
from dscript.errors import Problem
from dscript.idents import is_reserved
from dscript.layout import Field, lay_out
from dscript.source import Span

Base = Callable[[nodes.Specifiers, Scope], CType]
Derive = Callable[[CType, tuple[nodes.Derivation, ...], Scope], CType]


def read_structure(node: nodes.Structure, scope: Scope, base: Base, derive: Derive) -> StructType:
    """The structure or union that a specifier names or defines."""
    name = f"{node.kind} {node.tag}" if node.tag else node.kind
    if node.members is not None:
        return _define(node, name, scope, base, derive)
    known = scope.types.find_tag(name)
    if isinstance(known, StructType):
        return known
    if "`" in name:
        raise Problem("D_DECL_INCOMPLETE", node.span, f"incomplete struct/union/enum {name}: Unknown type name")
    return _new_tag(name, scope)


def _new_tag(name: str, scope: Scope) -> StructType:
    made = StructType(name)
    scope.types.tags[name] = made
    return made


def _define(node: nodes.Structure, name: str, scope: Scope, base: Base, derive: Derive) -> StructType:
    assert node.members is not None
    if "`" in name:
        raise Problem(
            "D_DECL_SCOPE", node.span, f"D scoping operator may not be used in a declaration name ({node.tag})"
        )
    known = scope.types.tags.get(name) if node.tag else None
    if isinstance(known, StructType) and known.members is not None:
        raise Problem("D_DECL_TYPERED", node.span, f"type redeclared: {name}")
    made = known if isinstance(known, StructType) else StructType(name)
    if node.tag:
        scope.types.tags[name] = made
    fields: list[Field] = []
    names: set[str] = set()
    for member in node.members:
        if _ends_unit(member, scope):
            continue
        field = _field(member, scope, base, derive, union=node.kind == "union")
        if field.name in names:
            message = f"failed to define member '{field.name}': Duplicate member name definition"
            raise Problem("D_UNKNOWN", member.span, message)
        fields.append(field)
        names.update([field.name] if field.name else [])
    made.define(*lay_out(fields, union=node.kind == "union"))
    return made


def _ends_unit(member: nodes.MemberDeclaration, scope: Scope) -> bool:
    """True for ``int : 0;``, which DTrace takes no notice of."""
    if member.declarator is not None or member.bits is None:
        return False
    width = scope.cook(member.bits)
    return isinstance(width, tree.IntConst) and width.value == 0


def _field(member: nodes.MemberDeclaration, scope: Scope, base: Base, derive: Derive, *, union: bool) -> Field:
    storage = next((i for i in member.specifiers.items if isinstance(i, nodes.Word) and i.kind == "STORAGE"), None)
    if storage is not None:
        raise Problem("D_SYNTAX", storage.span, f'syntax error near "{storage.text}"')
    kind = base(member.specifiers, scope)
    declarator = member.declarator
    if declarator is None:
        if member.bits is None and isinstance(kind, StructType) and kind.name in ("struct", "union"):
            return Field("", kind)
        if member.bits is None:
            raise Problem("D_SYNTAX", member.span, 'syntax error near ";"', "a member needs a name")
        return Field("", kind, _bits(member.bits, kind, "(anon)", scope))
    kind = derive(kind, declarator.derived, scope)
    if "`" in declarator.name:
        raise Problem(
            "D_DECL_SCOPE", declarator.span, f"D scoping operator may not be used in a member name ({declarator.name})"
        )
    _check_member_type(kind, declarator)
    if union and isinstance(kind, ArrayType) and not kind.size:
        raise Problem("D_DECL_VOIDOBJ", declarator.span, f"cannot have void member: {declarator.name}")
    if member.bits is not None:
        return Field(declarator.name, kind, _bits(member.bits, kind, declarator.name, scope))
    return Field(declarator.name, kind)


def _check_member_type(kind: CType, declarator: nodes.Declarator) -> None:
    base = kind
    while isinstance(base, ArrayType):
        base = base.element
    if isinstance(base, VoidType | FunctionType):
        raise Problem("D_DECL_VOIDOBJ", declarator.span, f'member {declarator.name} cannot be of type "{kind}"')
    if isinstance(base, StructType) and base.members is None:
        raise Problem(
            "D_DECL_INCOMPLETE", declarator.span, f"size of member {declarator.name} is not known: {base} is incomplete"
        )


def _bits(node: nodes.Expr, kind: CType, name: str, scope: Scope) -> int:
    """The width of a bit-field, checked against its type."""
    width = scope.cook(node)
    if not isinstance(width, tree.IntConst) or width.value <= 0:
        raise Problem(
            "D_DECL_BFCONST", node.span, f"positive integral constant expression expected as bit-field size: {name}"
        )
    if not isinstance(kind, IntType) or isinstance(kind, EnumType):
        raise Problem("D_DECL_BFTYPE", node.span, f'invalid type for bit-field {name}: "{kind}"')
    if width.value > kind.size * 8:
        raise Problem(
            "D_DECL_BFSIZE", node.span, f'bit-field {name} of {width.value} bits is too big for type "{kind}"'
        )
    return width.value


# --- enumerations


def read_enumeration(node: nodes.Enumeration, scope: Scope) -> EnumType:
    """The enumeration that a specifier names or defines; its enumerators become constants of the script."""
    name = f"enum {node.tag}" if node.tag else "enum"
    if node.enumerators is None:
        known = scope.types.find_tag(name)
        if not isinstance(known, EnumType):
            raise Problem("D_DECL_INCOMPLETE", node.span, f"incomplete struct/union/enum {name}: Unknown type name")
        return known
    if node.tag and name in scope.types.tags:
        raise Problem("D_DECL_TYPERED", node.span, f"type redeclared: {name}")
    values: list[tuple[str, int]] = []
    forward = EnumType(name)
    for enumerator in node.enumerators:
        if "`" in enumerator.name:
            message = f"D scoping operator may not be used in an enumerator name ({enumerator.name})"
            raise Problem("D_DECL_SCOPE", enumerator.span, message)
        value = _enumerator(enumerator, values[-1][1] + 1 if values else 0, scope)
        if any(enumerator.name == known for known, _ in values):
            message = f"failed to define enumerator '{enumerator.name}': Duplicate member name definition"
            raise Problem("D_UNKNOWN", enumerator.span, message)
        if is_reserved(enumerator.name) or scope.is_global(enumerator.name):
            raise Problem("D_DECL_IDRED", enumerator.span, f"identifier redeclared: {enumerator.name}")
        values.append((enumerator.name, value))
        scope.types.enumerators[enumerator.name] = (forward, value)
    made = EnumType(name, tuple(values))
    scope.types.enumerators.update({n: (made, value) for n, value in values})
    if node.tag:
        scope.types.tags[name] = made
    return made


def _enumerator(node: nodes.Enumerator, following: int, scope: Scope) -> int:
    span: Span = node.span
    value = following
    if node.value is not None:
        constant = scope.cook(node.value)
        if not isinstance(constant, tree.IntConst) or not isinstance(constant.type, IntType):
            raise Problem(
                "D_DECL_ENCONST",
                node.value.span,
                f"enumerator {node.name} must be assigned an integral constant expression",
            )
        value, span = constant.value, node.value.span
    if not INT.holds(value):
        raise Problem("D_DECL_ENOFLOW", span, f"enumerator {node.name} value {value} overflows int")
    return value
