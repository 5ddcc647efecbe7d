# SPDX-License-Identifier: GPL-2.0-or-later
"""A syntax tree as D text: what ``dtrace -d`` prints after the rewriting of ``if``.

Operators inside operators are put into parentheses, so that no reader has to know precedence.
"""

from __future__ import annotations

from collections.abc import Sequence

from dscript import nodes

_ESCAPES = {7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
_OPERATIONS = (nodes.Binary, nodes.Choose, nodes.Assign, nodes.Comma, nodes.Cast, nodes.Unary)


def unparse(script: nodes.Script) -> str:
    """The whole script, an empty line between its items."""
    return "\n\n".join(map(_item, script.items)) + "\n" if script.items else ""


def _item(item: nodes.Item) -> str:
    match item:
        case nodes.Clause():
            return _clause(item)
        case nodes.Declaration(specifiers=specifiers, declarators=declarators):
            return " ".join(filter(None, [_specifiers(specifiers), ", ".join(map(_declarator, declarators))])) + ";"
        case nodes.Inline(specifiers=specifiers, declarator=declarator, value=value):
            return f"inline {_specifiers(specifiers)} {_declarator(declarator)} = {expression(value)};"
        case nodes.Translator(result=result, source=source, name=name, members=members):
            body = "".join(f"\t{m.member} = {expression(m.value)};\n" for m in members)
            return f"translator {type_name(result)} < {type_name(source)} {name} > {{\n{body}}};"
        case nodes.Provider(name=name, probes=probes):
            return f"provider {name} {{\n{''.join(map(_offered, probes))}}};"


def _offered(probe: nodes.Offered) -> str:
    translated = "" if probe.translated is None else f" : {_derived('', (probe.translated,))}"
    return f"\tprobe {_derived(probe.name, (probe.native,))}{translated};\n"


def _clause(clause: nodes.Clause) -> str:
    lines = [",\n".join(description.text for description in clause.descriptions)]
    if clause.predicate is not None:
        lines.append(f"/{expression(clause.predicate)}/")
    if clause.body is not None:
        lines += ["{", *_statements(clause.body, 1), "}"]
    return "\n".join(lines)


def _statements(body: Sequence[nodes.Statement], level: int) -> list[str]:
    lines, tabs = [], "\t" * level
    for statement in body:
        if isinstance(statement, nodes.If):
            lines += [f"{tabs}if ({expression(statement.condition)}) {{", *_statements(statement.yes, level + 1)]
            if statement.no is not None:
                lines += [f"{tabs}}} else {{", *_statements(statement.no, level + 1)]
            lines.append(f"{tabs}}}")
        else:
            lines.append(f"{tabs}{expression(statement)};")
    return lines


# --- types


def type_name(name: nodes.TypeName) -> str:
    """A type as it stands in a cast."""
    return f"{_specifiers(name.specifiers)} {_derived('', name.derived)}".rstrip()


def _specifiers(specifiers: nodes.Specifiers) -> str:
    return " ".join(map(_specifier, specifiers.items))


def _specifier(item: nodes.Word | nodes.Structure | nodes.Enumeration) -> str:
    match item:
        case nodes.Word(text=text):
            return text
        case nodes.Structure(kind=kind, tag=tag, members=members):
            body = "" if members is None else f"{{ {' '.join(map(_member, members))} }}"
            return " ".join(filter(None, [kind, tag, body]))
        case nodes.Enumeration(tag=tag, enumerators=enumerators):
            values = ", ".join(
                e.name if e.value is None else f"{e.name} = {expression(e.value)}" for e in enumerators or ()
            )
            return " ".join(filter(None, ["enum", tag, "" if enumerators is None else f"{{ {values} }}"]))


def _member(member: nodes.MemberDeclaration) -> str:
    name = "" if member.declarator is None else f" {_declarator(member.declarator)}"
    bits = "" if member.bits is None else f" : {expression(member.bits)}"
    return f"{_specifiers(member.specifiers)}{name}{bits};"


def _declarator(declarator: nodes.Declarator) -> str:
    return _derived(declarator.name, declarator.derived)


def _derived(name: str, derived: Sequence[nodes.Derivation]) -> str:
    for number, step in enumerate(derived):
        match step:
            case nodes.Pointer(qualifiers=qualifiers):
                name = " ".join(["*" + qualifiers[0], *qualifiers[1:], name]) if qualifiers else f"*{name}"
                if number + 1 < len(derived) and not isinstance(derived[number + 1], nodes.Pointer):
                    name = f"({name})"
            case nodes.Array(size=size):
                name += f"[{'' if size is None else expression(size)}]"
            case nodes.Keys(parameters=parameters, variadic=variadic):
                name += f"[{_parameters(parameters, variadic=variadic)}]"
            case nodes.Function(parameters=parameters, variadic=variadic):
                name += f"({_parameters(parameters or (), variadic=variadic)})"
    return name


def _parameters(parameters: Sequence[nodes.Parameter], *, variadic: bool) -> str:
    shown = [
        f"{_specifiers(p.specifiers)} {'' if p.declarator is None else _declarator(p.declarator)}".rstrip()
        for p in parameters
    ]
    return ", ".join([*shown, *(["..."] if variadic else [])])


# --- expressions


def expression(node: nodes.Expr) -> str:
    """An expression on one line."""
    match node:
        case nodes.Integer(value=value, type_name=kind):
            return f"{value}{_suffix(kind)}"
        case nodes.String(value=value):
            return f'"{"".join(_character(byte) for byte in value)}"'
        case nodes.Name(name=name):
            return name
        case nodes.Scoped(scope=scope, name=name):
            return f"{scope}->{name}"
        case nodes.Symbol(module=module, name=name):
            return f"{module or ''}`{name}"
        case nodes.Aggregate(name=name):
            return f"@{name}"
        case nodes.Index(base=base, keys=keys):
            return f"{_inner(base)}[{_list(keys)}]"
        case nodes.Call(function=function, arguments=arguments):
            return f"{_inner(function)}({_list(arguments)})"
        case nodes.Member(base=base, operator=operator, name=name):
            return f"{_inner(base)}{operator}{name}"
        case nodes.Offsetof(type=kind, member=name):
            return f"offsetof({type_name(kind)}, {name})"
        case nodes.Xlate(type=kind, operand=operand):
            return f"xlate <{type_name(kind)}> ({expression(operand)})"
        case nodes.Sizeof(operand=operand):
            return f"sizeof ({type_name(operand) if isinstance(operand, nodes.TypeName) else expression(operand)})"
        case _:
            return _operation(node)


def _operation(node: nodes.Expr) -> str:
    match node:
        case nodes.Unary(operator=operator, operand=operand):
            return f"{operator}{' ' if operator == 'stringof' else ''}{_inner(operand)}"
        case nodes.Binary(operator=operator, left=left, right=right):
            return f"{_inner(left)} {operator} {_inner(right)}"
        case nodes.Choose(condition=condition, yes=yes, no=no):
            return f"{_inner(condition)} ? {_inner(yes)} : {_inner(no)}"
        case nodes.Assign(operator=operator, target=target, value=value):
            return f"{_inner(target)} {operator or ''}= {_inner(value)}"
        case nodes.Step(operator=operator, operand=operand, prefix=prefix):
            return f"{operator}{_inner(operand)}" if prefix else f"{_inner(operand)}{operator}"
        case nodes.Cast(type=kind, operand=operand):
            return f"({type_name(kind)}){_inner(operand)}"
        case nodes.Comma(items=items):
            return _list(items)
    raise AssertionError(f"no text for {type(node).__name__}")


def _inner(node: nodes.Expr) -> str:
    text = expression(node)
    return f"({text})" if isinstance(node, _OPERATIONS) else text


def _list(items: Sequence[nodes.Expr]) -> str:
    return ", ".join(f"({expression(i)})" if isinstance(i, nodes.Comma) else expression(i) for i in items)


def _suffix(kind: str) -> str:
    long = {"long long": "ll", "unsigned long long": "ull", "long": "l", "unsigned long": "ul", "unsigned int": "u"}
    return long.get(kind, "")


def _character(byte: int) -> str:
    if byte in _ESCAPES:
        return _ESCAPES[byte]
    return chr(byte) if 32 <= byte < 127 else f"\\{byte:03o}"
