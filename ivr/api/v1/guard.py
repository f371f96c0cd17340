"""Who may come in: a program with a token that has the scope. A request may come twice under an idempotency key."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from flask import Request, Response, g, request

from db.repositories.api_tokens import StoredToken
from db.repositories.idempotency_keys import KeptAnswer
from flows.rules.scopes import Scope
from ivr.api.v1.problems import Kind, invalid, refuse
from ivr.line.staff import StaffParts
from ivr.line.tokens import token_key

BEARER = "Bearer "
NOTED_EVERY = timedelta(minutes=1)
"""How exactly it is known when a token was last used: reading must not wait for a writer each time."""
KEPT = timedelta(hours=24)
"""For how long an answer is given again."""
KEY = re.compile("[!-~]{1,200}")
ANSWERED_AGAIN = "Idempotency-Replayed"
KEPT_HEADERS = ("ETag", "Location")
WITHOUT_ONE = "Send the header Authorization: Bearer TOKEN; an owner makes tokens on the admin's page API tokens."
NOT_ANY_MORE = "This token is unknown, revoked or expired; an owner makes another on the admin's page API tokens."


@dataclass(frozen=True, slots=True)
class Guard:
    """``needs`` is the scope that each endpoint asks for; an endpoint that is not in it is open."""

    parts: StaffParts
    needs: dict[str, Scope]

    def let_in(self) -> Response | None:
        """Before each request: refuse it, answer it as it was answered before, or go on."""
        scope = self.needs.get(request.endpoint or "")
        if scope is None:
            return None
        g.token = self._token(request)
        if scope not in g.token.scopes:
            refuse(Kind.FORBIDDEN, f"This needs a token with the scope {scope.value}.")
        for name, values in request.args.lists():
            if len(values) > 1:
                invalid(f"query.{name}", "is given more than once")
        return self._again() if request.method == "POST" and "Idempotency-Key" in request.headers else None

    def keep(self, response: Response) -> Response:
        """After each request: remember what was answered under a key. What was refused has done nothing, and may be
        tried again."""
        key = g.pop("idempotency_key", None)
        if key is not None:
            with self.parts.store.writing() as work:
                if response.status_code < HTTPStatus.BAD_REQUEST:
                    headers = {name: response.headers[name] for name in KEPT_HEADERS if name in response.headers}
                    work.idempotency_keys.answered(
                        g.token.id, key, response.status_code, response.get_data(as_text=True), json.dumps(headers)
                    )
                else:
                    work.idempotency_keys.drop(g.token.id, key)
        return response

    def _token(self, asked: Request) -> StoredToken:
        header, now = asked.headers.get("Authorization", ""), self.parts.clock()
        if not header.startswith(BEARER):
            refuse(Kind.UNAUTHORIZED, WITHOUT_ONE)
        with self.parts.store.reading() as work:
            token = work.api_tokens.shown(token_key(header.removeprefix(BEARER).strip()))
        if token is None or not token.counts(now):
            refuse(Kind.UNAUTHORIZED, NOT_ANY_MORE)
        if token.used_at is None or now - token.used_at > NOTED_EVERY:
            with self.parts.store.writing() as work:
                work.api_tokens.used(token.id, now, now - NOTED_EVERY)
        return token

    def _again(self) -> Response | None:
        key, asked, now = request.headers["Idempotency-Key"], fingerprint(request), self.parts.clock()
        if not KEY.fullmatch(key):
            refuse(Kind.MALFORMED, "Idempotency-Key: send 1 to 200 visible ASCII characters, without spaces.")
        with self.parts.store.writing() as work:
            work.idempotency_keys.forget(now - KEPT)
            first = work.idempotency_keys.take(g.token.id, key, asked, now)
            kept = None if first else work.idempotency_keys.read(g.token.id, key)
        if kept is None:
            g.idempotency_key = key
            return None
        return _kept_answer(kept, asked)


def whose() -> str:
    """Under whose name a change is written down."""
    token: StoredToken = g.token
    return f"token {token.name}"


def fingerprint(asked: Request) -> str:
    """A hash of what is asked for."""
    told = [asked.method, asked.full_path, asked.get_data(as_text=True), asked.headers.get("If-Match", "")]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _kept_answer(kept: KeptAnswer, asked: str) -> Response:
    if kept.fingerprint != asked:
        refuse(Kind.INVALID, "Idempotency-Key: this key was used for another request; choose a new one for each.")
    if kept.status is None:
        refuse(Kind.CONFLICT, "The first request with this Idempotency-Key has not been answered. Wait a moment and "
                              "send it again; if it stays so, look whether it was done, then choose a new key.")
    headers = {**json.loads(kept.headers), ANSWERED_AGAIN: "true"}
    return Response(kept.body, kept.status, headers=headers, content_type="application/json")
