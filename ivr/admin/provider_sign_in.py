"""Signing in by an identity provider, for users whom an owner has made. Without one these addresses lead nowhere."""

from http import HTTPStatus

import structlog
from flask import abort, redirect, render_template, request
from flask.typing import ResponseReturnValue

from db.repositories.users import StoredUser
from flows.rules.roles import Right
from ivr.admin.entrance import at_home, begin, leave, let_in, wanted_path
from ivr.admin.kept_forms import KeptForms
from ivr.admin.pages import ANYONE, Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.admin.provider import IdentityProvider, NotVouched, ProviderSilent, Trip
from ivr.admin.signed_in import signed_in

log = structlog.get_logger()

SILENT = "Signing in with {label} does not work just now. Try again in a minute, or use your password."
AGAIN = "The sign-in with {label} was given up, took too long, or was not begun in this browser. Please begin again."
UNKNOWN = "With {label} you are {name}, but there is no such user here. Ask an owner to make one of exactly this name."
LOCKED_OUT = "The user {name} is locked out. Ask an owner to let you in again."


def provider_sign_in_pages(pages: Pages, parts: AdminParts, kept: KeptForms) -> None:
    """Declare the way to the provider, the way back, and what waited in the tab meanwhile."""

    @pages.page("/sign-in/oidc", ANYONE)
    def provider_begin() -> ResponseReturnValue:
        provider = _provider(parts)
        trip = Trip(wanted=wanted_path(), form_waits=request.args.get("kept") == "1")
        try:
            return redirect(provider.send_off(trip, parts.clock()))
        except ProviderSilent as silent:
            return _silent(provider, silent)

    @pages.page("/sign-in/oidc/callback", ANYONE)
    def provider_back() -> ResponseReturnValue:
        provider = _provider(parts)
        try:
            arrival = provider.welcome(parts.clock())
        except ProviderSilent as silent:
            return _silent(provider, silent)
        except NotVouched as refused:
            log.info("provider_vouched_for_nobody", why=str(refused))
            return _door(AGAIN.format(label=provider.label), HTTPStatus.BAD_REQUEST)
        with parts.store.reading() as work:
            user = work.users.named(arrival.name)
        if user is None or user.disabled_at is not None:
            words = LOCKED_OUT if user else UNKNOWN
            return _door(words.format(label=provider.label, name=arrival.name), HTTPStatus.FORBIDDEN)
        return _enter(parts, provider, user, arrival.trip)

    @pages.act("/kept-form", Right.OWN)
    def kept_form() -> ResponseReturnValue:
        return let_in(kept, whoever().user)


def _provider(parts: AdminParts) -> IdentityProvider:
    return parts.provider or abort(404)


def _enter(parts: AdminParts, provider: IdentityProvider, user: StoredUser, trip: Trip) -> ResponseReturnValue:
    before = signed_in()
    if before is not None:
        leave(parts, before)
    begin(parts, user, whole=True, vouched_by=provider.label)
    onward = at_home(user, trip.wanted)
    return render_template("admin/kept_back.html", onward=onward) if trip.form_waits else redirect(onward)


def _silent(provider: IdentityProvider, silent: ProviderSilent) -> ResponseReturnValue:
    log.warning("provider_silent", why=str(silent))
    return _door(SILENT.format(label=provider.label), HTTPStatus.SERVICE_UNAVAILABLE)


def _door(wrong: str, status: HTTPStatus) -> ResponseReturnValue:
    return render_template("admin/sign_in.html", kept="", wrong=wrong, came_back=True), status
