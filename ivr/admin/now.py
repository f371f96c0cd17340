"""Now: who is calling, whom the line rings, which tickets rest, and whether the parts work."""

from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from flows.rules.roles import Right
from ivr.admin.pages import Pages, fragment
from ivr.admin.parts import AdminParts

SHOWN_AT_MOST = 50
STALE = timedelta(minutes=1)


def now_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the page. A browser asks for its middle every few seconds; nothing is held open meanwhile."""

    @pages.page("/", Right.READ)
    def now() -> ResponseReturnValue:
        at = parts.clock()
        with parts.store.reading() as work:
            legs = [call for call in work.calls.live(at) if call.parent_sid is None]
            phones = work.overview.phones()
            resting = work.overview.resting(at, SHOWN_AT_MOST)
            beat = work.heartbeats.last("worker")
            dead = work.outbox.dead(SHOWN_AT_MOST)
            version = work.routing.current_version()
            silent = [each.name for each in work.webhooks.all() if each.trouble]
        trouble = _trouble(worker_stale=beat is None or at - beat > STALE, dead=len(dead), version=version)
        trouble += [f"The webhook {name} is in trouble; see Webhooks." for name in silent]
        template = "admin/now_live.html" if fragment() else "admin/now.html"
        return render_template(
            template, legs=legs, phones=phones, resting=resting, at=at, trouble=trouble, version=version
        )


def _trouble(*, worker_stale: bool, dead: int, version: int) -> list[str]:
    told = {
        "The worker has not been seen for a minute: no mail leaves. Start ivr worker.": worker_stale,
        f"{dead} mails or notes could not be delivered; see ivr outbox list.": dead > 0,
        "No routing is published: callers cannot be served. Run ivr config apply.": version == 0,
    }
    return [sentence for sentence, true in told.items() if true]
