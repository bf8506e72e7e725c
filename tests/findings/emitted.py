"""The codes that dossier's own code gives to findings, found in its source without running it."""

import ast
import fnmatch
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "dossier"
CODE = re.compile(r"[a-z]+(?:-(?:[a-z]+|\*))*")
# By name, the places of the parameter `code` among the arguments of a call.
Takers = dict[str, set[int]]


def emitted() -> dict[str, set[str]]:
    """Every code, or pattern of codes (`missing-*`), with the files that give it to findings.

    Whatever takes a `code`, a function or a class, is known by its name; what stands at that place in a call
    of it is a code, if it looks like one.
    """
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}
    takers: Takers = {}
    for tree in trees.values():
        for name, place in _takers(tree):
            takers.setdefault(name, set()).add(place)
    codes: dict[str, set[str]] = {}
    for path, tree in trees.items():
        for code in _codes(tree, takers):
            if CODE.fullmatch(code):
                codes.setdefault(code, set()).add(path.relative_to(PACKAGE).as_posix())
    return codes


def is_emitted(code: str, patterns: dict[str, set[str]]) -> bool:
    """Whether a code is among those found, or fits a pattern of them."""
    return any(fnmatch.fnmatchcase(code, pattern) for pattern in patterns)


def _takers(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args]
            if "code" in names:
                yield node.name, names.index("code") - (names[0] == "self")
        elif isinstance(node, ast.ClassDef):
            fields = [_name(line.target) for line in node.body if isinstance(line, ast.AnnAssign)]
            if "code" in fields:
                yield node.name, fields.index("code")


def _codes(tree: ast.Module, takers: Takers) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef():
                yield from _codes_within(node, takers)
            case ast.Assign(value=ast.Call() as call):
                for argument in _arguments(call, takers):
                    yield from _values(argument, None)
            case ast.AnnAssign(value=ast.expr() as default) if _name(node.target) == "code":
                yield from _values(default, None)


def _codes_within(function: ast.FunctionDef, takers: Takers) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            for argument in _arguments(node, takers):
                yield from _values(argument, function)
            if _name(node.func) == "require":  # It makes the code of the key that it requires.
                yield from (f"missing-{key}" for key in _values(node.args[2], function))
    for argument, default in _defaults(function):
        if argument == "code":
            yield from _values(default, function)


def _arguments(call: ast.Call, takers: Takers) -> Iterator[ast.expr]:
    """What a call may give as the code."""
    places = takers.get(_name(call.func), set())
    for keyword in call.keywords:
        if keyword.arg == "code" and places:
            yield keyword.value
    for place in places:
        if place < len(call.args) and not any(isinstance(a, ast.Starred) for a in call.args[:place]):
            yield call.args[place]


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _defaults(function: ast.FunctionDef) -> Iterator[tuple[str, ast.expr]]:
    given = function.args.args[len(function.args.args) - len(function.args.defaults) :]
    for argument, default in zip(given, function.args.defaults, strict=True):
        yield argument.arg, default


def _values(
    expression: ast.expr, function: ast.FunctionDef | None, followed: frozenset[str] = frozenset()
) -> Iterator[str]:
    """The texts that an expression may be: of a name, those that the function assigns to it."""
    match expression:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from _values(expression.body, function, followed)
            yield from _values(expression.orelse, function, followed)
        case ast.JoinedStr():
            parts = (str(p.value) if isinstance(p, ast.Constant) else "*" for p in expression.values)
            yield "".join(parts)
        case ast.Name(id=name) if function is not None and name not in followed:
            for node in ast.walk(function):
                if isinstance(node, ast.Assign) and name in map(_name, node.targets):
                    yield from _values(node.value, function, followed | {name})
