# SPDX-License-Identifier: GPL-2.0-or-later
"""``translator result < source name > { … };`` and ``xlate < type > (value)``.

A translation has no value of its own: each member that is taken of it is the translator's expression for that member,
typed again with the translator's parameter bound to the value. ``args[n]`` comes here for its published type; what that
has not may be a member of the native type, so that scripts written for either find what they know.
"""

from __future__ import annotations

from dscript import nodes, tree
from dscript.check import places
from dscript.check.convert import assign_convert, decayed, retype
from dscript.check.definitions import DYNAMIC, Translated, Translator
from dscript.check.inlines import stand_in
from dscript.check.scope import Scope
from dscript.check.typenames import read_type
from dscript.check.wordtypes import combine_words
from dscript.ctype import ArrayType, CType, PointerType, StringType, StructType, describe, is_string_like, same_type
from dscript.errors import Problem
from dscript.source import Span


def define_translator(node: nodes.Translator, scope: Scope) -> None:
    """Check a definition and enter it."""
    result, source = read_type(node.result, scope), read_type(node.source, scope)
    if not isinstance(result, StructType) or (result := scope.types.complete(result) or result).members is None:
        raise Problem("D_XLATE_SOU", node.result.span, "translator output type must be a struct or union")
    for known in scope.definitions.translators:
        if same_type(known.result, result) and same_type(known.source, source):
            message = f"translator from {describe(source)} to {describe(result)} has already been declared"
            raise Problem("D_XLATE_REDECL", node.span, message)
    members: dict[str, nodes.Expr] = {}
    translator = Translator(result, source, node.name, members)
    for member in node.members:
        if member.member in members:
            raise Problem("D_XLATE_REDECL", member.span, f"translator member {member.member} is defined twice")
        members[member.member] = member.value
        if not scope.loading:
            _check_member(member, translator, scope)
    scope.definitions.translators.append(translator)


def _check_member(member: nodes.Translated, translator: Translator, scope: Scope) -> None:
    found = translator.result.find_member(member.member)
    if found is None:
        message = f"translator member {member.member} is not a member of {translator.result}"
        raise Problem("D_XLATE_MEMB", member.span, message)
    with scope.definitions.binding({translator.name: stand_in(translator.source, member.span)}):
        value = scope.cook(member.value)
    if _as_member(value, found.type, member.span) is None:
        raise Problem(
            "D_XLATE_INCOMPAT",
            member.span,
            f"translator member {member.member} definition uses incompatible types: "
            f'"{describe(found.type)}" = "{value.type}"',
        )


def _as_member(value: tree.Expr, kind: CType, span: Span) -> tree.Expr | None:
    """The value under the type of a member, None if it cannot have that; text stays text, whatever array it is for."""
    if isinstance(value, Translated):
        return value
    if isinstance(kind, ArrayType | StringType) and is_string_like(value.type):
        return value
    try:
        return assign_convert(value, kind, span)
    except Problem:
        return value if isinstance(kind, ArrayType) and same_type(kind, value.type) else None


def translate(node: nodes.Xlate, scope: Scope) -> tree.Expr:
    """``xlate <type> (operand)``."""
    return translate_value(scope.cook(node.operand), read_type(node.type, scope), node.span, scope, "D_XLATE_NONE")


def translate_value(value: tree.Expr, kind: CType, span: Span, scope: Scope, tag: str) -> tree.Expr:
    """``value`` translated to ``kind``, a structure or a pointer to one; raises Problem ``tag`` if nothing does."""
    target = kind.target if isinstance(kind, PointerType) else kind
    if isinstance(target, StructType) and (found := _find_translator(target, value, span, scope)):
        translator, suited = found
        return Translated(DYNAMIC, span, translator, suited, isinstance(kind, PointerType))
    message = f'cannot translate from "{describe(value.type)}" to "{describe(kind)}"'
    raise Problem(tag, span, message, "a translator between them would have to be defined")


def _find_translator(
    target: StructType, value: tree.Expr, span: Span, scope: Scope
) -> tuple[Translator, tree.Expr] | None:
    """The translator from exactly the type of the value, else from one that it can be converted to."""
    scope.load_translators(target)
    known = [t for t in scope.definitions.translators if same_type(t.result, target)]
    for translator in known:
        if same_type(translator.source, value.type):
            return translator, value
    for translator in known:
        try:
            return translator, assign_convert(value, translator.source, span)
        except Problem:
            continue
    return None


def translated_argument(value: tree.Expr, text: str, span: Span, scope: Scope) -> tree.Expr:
    """``args[n]`` of native type as its published type ``text``; raises Problem D_ARGS_TYPE or D_ARGS_XLATOR."""
    kind = _read_written(text, span, scope)
    if isinstance(kind, StringType):
        return retype(value, scope.string)
    try:
        return assign_convert(value, kind, span)
    except Problem:
        return translate_value(value, kind, span, scope, "D_ARGS_XLATOR")


def _read_written(text: str, span: Span, scope: Scope) -> CType:
    words = [word for word in text.replace("*", " * ").split() if word not in ("const", "volatile", "userland")]
    names = [word for word in words if word != "*"]
    kind: CType | None
    if names[0] in ("struct", "union", "enum"):
        kind = scope.types.find_tag(" ".join(names))
    else:
        kind = scope.types.find(names[0]) if len(names) == 1 else None
    try:
        kind = kind or combine_words(names, span)
    except Problem:
        message = f"failed to resolve translated type for args[ ]: {text}"
        raise Problem("D_ARGS_TYPE", span, message) from None
    for _ in range(words.count("*")):
        kind = PointerType(kind)
    return kind


def _has_member(kind: CType, name: str, scope: Scope) -> bool:
    target = kind.target if isinstance(kind, PointerType) else kind
    whole = scope.types.complete(target) or target if isinstance(target, StructType) else target
    return isinstance(whole, StructType) and whole.find_member(name) is not None


def read_member(node: nodes.Member, base: Translated, scope: Scope) -> tree.Expr:
    """A member of a translation."""
    translator = base.translator
    if base.pointer != (node.operator == "->"):
        shown = describe(PointerType(translator.result) if base.pointer else translator.result)
        tag, wanted = ("D_OP_SOU", "a struct or union") if base.pointer else ("D_OP_PTR", "a pointer")
        raise Problem(tag, node.span, f'operator {node.operator} must be applied to {wanted}, not "{shown}"')
    expression = translator.members.get(node.name)
    found = translator.result.find_member(node.name)
    if found is None and base.native is not None and _has_member(base.native.type, node.name, scope):
        return places.member(node, base.native, scope)
    if expression is None or found is None:
        raise Problem("D_XLATE_NOCONV", node.span, f"translator does not define conversion for member: {node.name}")
    bound = {translator.name: base.value}
    value = scope.definitions.expand(lambda: scope.cook(expression), bound, node.span)
    converted = _as_member(value, found.type, node.span)
    if converted is None:
        message = f'translator member {node.name} has type "{describe(found.type)}", its value "{value.type}"'
        raise Problem("D_XLATE_INCOMPAT", node.span, message)
    return decayed(converted) if converted.type != found.type and isinstance(found.type, PointerType) else converted
