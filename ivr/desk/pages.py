"""The pages behind links. Looking changes nothing; only a pressed button does, and each link's button works once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from flows.prompts.spoken import Moment
from flows.wrap_up import LONGEST, SHORTEST, Terms, WrapUp
from ivr.clock import Clock
from ivr.desk.sounds import sound_of
from ivr.desk.words import words_for
from ivr.line.desk import Desk, Said, TakeIt
from ivr.line.links import SOUND, Expired, Link, Links, Page
from ivr.line.messages import MessageDesk
from ivr.line.spoken_times import moment

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
}
UNITS = {"minutes": timedelta(minutes=1), "hours": timedelta(hours=1)}


def desk_pages(desk: Desk, messages: MessageDesk, links: Links, clock: Clock) -> Blueprint:
    """Declare the pages. No cookie is set: whoever has the link may press the button, so a foreign page that does not
    have it cannot make anybody press it."""
    pages = Blueprint("desk", __name__, url_prefix="/desk", template_folder="templates", static_folder="static")

    @pages.get("/<token>")
    def shown(token: str) -> ResponseReturnValue:
        return _for(token, _look)

    @pages.post("/<token>")
    def pressed(token: str) -> ResponseReturnValue:
        return _for(token, _press)

    @pages.get(f"/<token>/{SOUND}")
    def sound(token: str) -> ResponseReturnValue:
        return _for(token, lambda _, link: sound_of(messages, link))

    @pages.after_request
    def with_headers(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response

    def _for(token: str, answer: Any) -> ResponseReturnValue:
        try:
            link = links.read(token)
        except Expired:
            return _message("expired", HTTPStatus.GONE)
        return _message("unknown", HTTPStatus.NOT_FOUND) if link is None else answer(token, link)

    def _look(token: str, link: Link) -> ResponseReturnValue:
        match link.page:
            case Page.TICKET:
                return _ticket(link)
            case Page.TAKE_IT:
                return _take_it(link, desk.can_take(link))
            case Page.WRAP_UP:
                return _wrap_up(link, desk.can_state(link), {})
            case Page.LISTEN:
                return _listen(token, link)

    def _press(token: str, link: Link) -> ResponseReturnValue:
        match link.page:
            case Page.TICKET | Page.LISTEN:
                return redirect(url_for("desk.shown", token=token))
            case Page.TAKE_IT:
                return _take_it(link, desk.take(link, request.form.get("phone", "")))
            case Page.WRAP_UP:
                wrong: dict[str, str] = {}
                terms = _stated(clock(), wrong)
                if terms is None:
                    return _wrap_up(link, desk.can_state(link), wrong)
                return _wrap_up(link, desk.state(link, terms), {})

    def _ticket(link: Link) -> ResponseReturnValue:
        story = desk.story(link)
        if story is None:
            return _message("unknown", HTTPStatus.NOT_FOUND)
        words, at = words_for(story.language), clock()
        return render_template("desk/ticket.html", words=words, story=story, at=at, language=story.language,
                               told=lambda each: moment(story.language, Moment(each, at, story.zone)))

    def _listen(token: str, link: Link) -> ResponseReturnValue:
        heard = messages.heard(link.about)
        if heard is None:
            return _message("unknown", HTTPStatus.NOT_FOUND)
        language = _language()
        left_at = moment(language, Moment(heard.message.recorded_at, clock(), heard.zone))
        return render_template("desk/listen.html", words=words_for(language), message=heard.message, left_at=left_at,
                               sound=url_for("desk.sound", token=token), language=language)

    def _take_it(link: Link, state: TakeIt) -> ResponseReturnValue:
        phones = desk.phones(link) if state is TakeIt.OPEN else ()
        return render_template("desk/take_it.html", words=words_for(_language()), state=state.value, phones=phones,
                               language=_language())

    def _wrap_up(link: Link, state: Said, wrong: Mapping[str, str]) -> ResponseReturnValue:
        story = desk.story(link)
        language = story.language if story else _language()
        page = render_template("desk/wrap_up.html", words=words_for(language), state=state.value, story=story,
                               wrong=wrong, given=request.form, language=language)
        return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK

    return pages


def _stated(now: datetime, wrong: dict[str, str]) -> WrapUp | None:
    terms = {each.value: each for each in (Terms.RESOLVED, Terms.PROMISED, Terms.QUIET)}.get(
        request.form.get("terms", ""))
    if terms is None:
        wrong["terms"] = "choose"
        return None
    if terms is Terms.RESOLVED:
        return WrapUp(terms=terms)
    count, unit = request.form.get("count", "").strip(), UNITS.get(request.form.get("unit", ""))
    length = int(count) * unit if unit and count.isascii() and count.isdigit() and len(count) <= 4 else timedelta()
    if not SHORTEST <= length <= LONGEST:
        wrong["count"] = "length"
        return None
    return WrapUp(terms=terms, until=now + length)


def _message(name: str, status: HTTPStatus) -> ResponseReturnValue:
    language = _language()
    return render_template("desk/message.html", words=words_for(language), name=name, language=language), status


def _language() -> str:
    """The browser's, for pages that know nobody."""
    return request.accept_languages.best_match(["en", "de", "ru"]) or "en"
