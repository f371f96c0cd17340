"""Which sentences code uses, and what it fills into them: read from the source, because keys live there as texts."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")
RETRIES = ("nonsense", "silence")
"""The keywords of a Question that hold keys, spoken without any values."""

Filled: TypeAlias = frozenset[str] | None
Tables: TypeAlias = Mapping[str, list[ast.Constant]]


@dataclass(frozen=True, slots=True)
class Use:
    """One place where code names a sentence. ``filled``: the placeholders it fills; None where that cannot be seen."""

    key: str
    filled: Filled
    where: str


def uses_under(folder: Path, sections: Collection[str]) -> list[Use]:
    """All uses in the Python files below ``folder``; ``sections`` are the first parts of the catalogues' keys."""
    found: list[Use] = []
    for path in sorted(folder.rglob("*.py")):
        where = path.relative_to(folder.parent).as_posix()
        found += uses_in(path.read_text(encoding="utf-8"), where, sections)
    return found


def uses_in(source: str, where: str, sections: Collection[str]) -> list[Use]:
    """The uses in one file: what its calls speak, then every other text that looks like a key."""
    tree = ast.parse(source)
    tables = _tables(tree)
    spoken = [each for call in _calls(tree) for each in _spoken_by(call, tables)]
    seen = {id(text) for text, _ in spoken}
    named: list[tuple[ast.Constant, Filled]] = [(text, None) for text in _texts(tree) if id(text) not in seen]
    keys = spoken + [(text, filled) for text, filled in named if _looks_like_key(str(text.value), sections)]
    return [Use(str(text.value), filled, f"{where}:{text.lineno}") for text, filled in keys]


def _spoken_by(call: ast.Call, tables: Tables) -> Iterator[tuple[ast.Constant, Filled]]:
    """The keys a call names and the placeholders it fills."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    keywords = {each.arg: each.value for each in call.keywords if each.arg}
    match name, [*call.args, None, None, None][:3]:
        case "say", [key, *_]:
            filled = frozenset(keywords) if len(keywords) == len(call.keywords) else None
            yield from ((text, filled) for text in _keys(key, tables))
        case "Prompt", [key, values, *_]:
            yield from ((text, _names(values or keywords.get("values"))) for text in _keys(key, tables))
        case "phrase", [_, key, values]:
            yield from ((text, _names(values)) for text in _keys(key, tables))
        case "Named", [key, *_]:
            yield from ((text, frozenset()) for text in _keys(key, tables))
        case "Choice", [_, _, offer]:
            yield from ((text, frozenset({"key"})) for text in _keys(offer or keywords.get("prompt"), tables))
        case "Question", _:
            retries = [keywords[each] for each in RETRIES if each in keywords]
            yield from ((text, frozenset()) for each in retries for text in _texts(each))
        case _:
            return


def _keys(node: ast.expr | None, tables: Tables) -> list[ast.Constant]:
    """The texts an expression may stand for: itself, either branch, or whatever its table holds."""
    match node:
        case ast.Constant(value=str()):
            return [node]
        case ast.IfExp(body=body, orelse=orelse):
            return [*_keys(body, tables), *_keys(orelse, tables)]
        case ast.Subscript(value=ast.Name(id=table)):
            return tables.get(table, [])
        case _:
            return []


def _names(values: ast.expr | None) -> Filled:
    match values:
        case None:
            return frozenset()
        case ast.Dict(keys=keys) if all(isinstance(key, ast.Constant) for key in keys):
            return frozenset(str(key.value) for key in keys if isinstance(key, ast.Constant))
        case _:
            return None


def _tables(tree: ast.Module) -> Tables:
    """The dictionaries and tuples a module gives a name, with the texts in them."""
    tables: dict[str, list[ast.Constant]] = {}
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict(values=values) | ast.Tuple(elts=values)):
                tables[name] = [text for each in values for text in _keys(each, {})]
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.Dict(values=values) | ast.Tuple(elts=values)):
                tables[name] = [text for each in values for text in _keys(each, {})]
            case _:
                pass
    return tables


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _texts(tree: ast.AST) -> Iterator[ast.Constant]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def _looks_like_key(text: str, sections: Collection[str]) -> bool:
    return bool(KEY.fullmatch(text)) and text.partition(".")[0] in sections
