"""Sizes, clocks and catches: what keeps a module readable and a test in command of time."""

import ast
from statistics import median, quantiles

import pytest

from tests.house_rules.tree import modules

CLOCKS = {"ivr/clock.py", "ivr/emulator/clock.py"}
TELLS_THE_TIME = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}

BORDERS = {"ivr/line/dispatcher.py", "ivr/telephony/signed.py", "ivr/cli.py"}
"""Where whatever happens must be caught: one letter, one webhook, one command must not take the others along."""


def percentile_95(sizes: list[int]) -> float:
    """The size that 95 of 100 do not exceed."""
    return quantiles(sizes, n=20)[18]


def test_modules_are_short() -> None:
    lines = [len(module.source.splitlines()) for module in modules()]

    assert median(lines) <= 80
    assert percentile_95(lines) <= 200


def test_functions_are_short() -> None:
    lines = [
        (function.end_lineno or function.lineno) - function.lineno + 1
        for module in modules()
        for function in module.functions
    ]

    assert median(lines) <= 8
    assert percentile_95(lines) <= 25


def test_the_time_of_day_is_read_in_one_place() -> None:
    bad = [
        f"{module.path}:{node.lineno}: {ast.unparse(node)}"
        for module in modules()
        if module.path not in CLOCKS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in TELLS_THE_TIME
    ]

    assert bad == []


def test_everything_is_caught_at_the_borders_only() -> None:
    bad = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        if module.path not in BORDERS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    ]

    assert bad == []


@pytest.mark.parametrize("ending", ["Handler", "Helper", "Util", "Utils"])
def test_no_class_is_named_after_nothing(ending: str) -> None:
    bad = [
        f"{module.path}: {node.name}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ClassDef) and node.name.endswith(ending) and node.name != ending
    ]

    assert bad == []


def test_every_public_function_and_class_says_what_it_is_for() -> None:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    bad = [
        f"{module.path}:{node.lineno}: {node.name}"
        for module in modules()
        for node in module.tree.body
        if isinstance(node, kinds) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]

    assert bad == []
