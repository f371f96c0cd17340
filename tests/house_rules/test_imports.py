"""What the import contracts cannot say: rules for every module there is, whatever it is called."""

import ast
import sys
from collections.abc import Iterable
from functools import cache

import pytest

from tests.house_rules.tree import Module, modules

KNOWN_ONLY_IN = {
    "sqlalchemy": ("db/",),
    "alembic": ("db/",),
    "psycopg": ("db/",),
    "twilio": ("ivr/telephony/",),
    "flask": ("ivr/telephony/", "ivr/admin/", "ivr/api/", "ivr/desk/", "ivr/emulator/", "ivr/app.py"),
}
EXCEPTIONS = {
    ("ivr/emulator/webhooks.py", "twilio.request_validator"),  # the carrier must sign as the carrier does
    ("ivr/commands/serve.py", "flask"),  # the type of what is handed to gunicorn
}


def wrong(bad: Iterable[tuple[Module, ast.stmt]]) -> list[str]:
    """Each offence with its place."""
    return [f"{module.path}:{node.lineno}: {ast.unparse(node)}" for module, node in bad]


@pytest.mark.parametrize("library", KNOWN_ONLY_IN)
def test_a_library_is_known_only_where_it_belongs(library: str) -> None:
    bad = [
        (module, node)
        for module in modules()
        if not module.path.startswith(KNOWN_ONLY_IN[library])
        for name, node in module.imports
        if name.partition(".")[0] == library and (module.path, name) not in EXCEPTIONS
    ]

    assert wrong(bad) == []


def test_flows_import_the_standard_library_and_themselves_only() -> None:
    allowed = sys.stdlib_module_names | {"flows"}
    bad = [
        (module, node)
        for module in modules()
        if module.path.startswith("flows/")
        for name, node in module.imports
        if name.partition(".")[0] not in allowed
    ]

    assert wrong(bad) == []


@cache
def conversations() -> set[str]:
    """The modules that hold a conversation, by their import names."""
    return {
        module.path.removesuffix(".py").replace("/", ".")
        for module in modules()
        if module.path.startswith("flows/")
        and any(isinstance(node, ast.Call) and ast.unparse(node.func) == "Flow" for node in ast.walk(module.tree))
    }


def test_there_are_conversations() -> None:
    assert conversations() >= {"flows.escalation_line", "flows.call_screening"}


def test_conversations_never_import_each_other_and_rules_import_no_conversation() -> None:
    bad = [
        (module, node)
        for module in modules()
        if module.path.startswith("flows/")
        for name, node in module.imports
        if name in conversations()
    ]

    assert wrong(bad) == []


def test_rules_import_rules_and_the_ticket_only() -> None:
    bad = [
        (module, node)
        for module in modules()
        if module.path.startswith("flows/rules/")
        for name, node in module.imports
        if name.startswith("flows") and not name.startswith("flows.rules") and name != "flows.ticket"
    ]

    assert wrong(bad) == []


def test_nothing_is_imported_inside_a_function() -> None:
    bad = [
        (module, node)
        for module in modules()
        for function in module.functions
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert wrong(bad) == []


def test_relative_imports_are_not_used() -> None:
    bad = [
        (module, node)
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]

    assert wrong(bad) == []
