"""Addresses of the API: each declares the scope it asks for, what it takes, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, TypeAlias

from apiflask import APIFlask
from pydantic import BaseModel

from flows.rules.scopes import Scope
from ivr.api.v1.problems import MEDIA_TYPE, Kind

View: TypeAlias = Callable[..., Any]

TOKEN = "token"  # noqa: S105
"""The name of the security scheme in the document."""
ALWAYS = (Kind.MALFORMED, Kind.UNAUTHORIZED, Kind.FORBIDDEN, Kind.INVALID, Kind.UNAVAILABLE)


@dataclass(slots=True)
class Endpoints:
    """An API whose views have a declared scope: ``endpoint`` is the only way to add one."""

    api: APIFlask
    needs: dict[str, Scope] = field(default_factory=dict)

    def endpoint(
        self,
        method: str,
        rule: str,
        needs: Scope,
        answer: type[BaseModel],
        *,
        body: type[BaseModel] | None = None,
        query: type[BaseModel] | None = None,
        refuses: tuple[Kind, ...] = (),
        status: HTTPStatus = HTTPStatus.OK,
    ) -> Callable[[View], View]:
        """Declare what ``method`` does at ``rule``. The view gets ``body`` and ``query`` as checked models."""

        def declared(view: View) -> View:
            name = getattr(view, "__name__", "")
            self.needs[name] = needs
            made = self.api.output(answer, status_code=status)(view)
            if body is not None:
                made = self.api.input(body, arg_name="body")(made)
            if query is not None:
                made = self.api.input(query, location="query", arg_name="query")(made)
            made = self.api.doc(
                operation_id=name, tags=[_tag(rule)], security=[{TOKEN: [needs.value]}],
                responses=_problems(rule, refuses if body is None else (*refuses, Kind.TOO_LARGE)),
            )(made)
            self.api.add_url_rule(rule, name, made, methods=[method])
            return view

        return declared


def _tag(rule: str) -> str:
    return rule.split("/")[1]


def _problems(rule: str, refuses: tuple[Kind, ...]) -> dict[int, Any]:
    kinds = [*ALWAYS, *refuses]
    if "<" in rule:
        kinds.append(Kind.NOT_FOUND)
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        int(kind.status): {"description": kind.title, "content": {MEDIA_TYPE: {"schema": schema}}}
        for kind in dict.fromkeys(kinds)
    }
