"""The source tree as the house rules look at it."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGES = ("flows", "db", "ivr")
GENERATED = "db/migrations/versions/"


@dataclass(frozen=True, slots=True)
class Module:
    """One of our modules: its path below the root, its source, and the source's tree."""

    path: str
    source: str
    tree: ast.Module

    @property
    def imports(self) -> Iterator[tuple[str, ast.stmt]]:
        """Every imported module by its full name, with the statement; ``from a import b`` counts as ``a``."""
        for node in ast.walk(self.tree):
            match node:
                case ast.Import(names=names):
                    yield from ((alias.name, node) for alias in names)
                case ast.ImportFrom(module=str(name)):
                    yield name, node
                case _:
                    pass

    @property
    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        """Every function, methods and inner ones included."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


@cache
def modules() -> tuple[Module, ...]:
    """Our modules, without the generated migrations."""
    paths = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
    return tuple(module for module in map(_read, paths) if not module.path.startswith(GENERATED))


@cache
def pyproject() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _read(path: Path) -> Module:
    source = path.read_text(encoding="utf-8")
    return Module(path.relative_to(ROOT).as_posix(), source, ast.parse(source))
