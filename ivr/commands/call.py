"""`ivr call`: a telephone in the terminal, by script or by hand."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from datetime import datetime

import click

from db.errors import StoreError
from db.seed import CONTACT_NUMBER
from flows.prompts.catalogue import LANGUAGES
from ivr.clock import wall_clock
from ivr.commands.complaints import refuse
from ivr.emulator.softphone.client import ExchangeLost
from ivr.logs import configure
from ivr.terminal_phone.by_hand import CallByHand
from ivr.terminal_phone.caller import AfterTalk, CallerPlan, HangUpWhen
from ivr.terminal_phone.cast import Cast
from ivr.terminal_phone.company import Company
from ivr.terminal_phone.manager import ManagerBehaviour
from ivr.terminal_phone.options import caller_number, manager_behaviours, ticket_keys
from ivr.terminal_phone.orders import HELP
from ivr.terminal_phone.record import Record
from ivr.terminal_phone.screen import Screen
from ivr.terminal_phone.script import Script
from ivr.terminal_phone.scripted import LineBusy, ScriptedCall
from ivr.terminal_phone.stages import Stage, elsewhere, live, simulated

NOT_PROPERLY_ENDED = 1
TYPED = f"\b\nWhat can be typed by hand:\n{HELP}"


@click.command(epilog=TYPED)
@click.option("--ticket", callback=ticket_keys, help="Run a whole call about this ticket by script.")
@click.option(
    "--manager", "managers", multiple=True, metavar="LEVEL=BEHAVIOUR", callback=manager_behaviours,
    help="What a level does when it is rung: " + ", ".join(each.value for each in ManagerBehaviour) + ". May be given "
    "for each level; levels not named do not answer.",
)  # fmt: skip
@click.option("--url", help="Use the telephones of a running `ivr demo`, such as http://127.0.0.1:8025, in real time.")
@click.option("--json", "as_json", is_flag=True, help="End a scripted call with one line of JSON.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True, help="The caller's.")
@click.option(
    "--after-talk", type=click.Choice([each.value for each in AfterTalk]), default="resolved", show_default=True,
    help="What the caller answers after a talk.",
)  # fmt: skip
@click.option(
    "--hang-up-when", type=click.Choice([each.value for each in HangUpWhen]),
    help="The caller gives up: asked for the ticket, asked to confirm, while a phone rings, in the talk.",
)  # fmt: skip
@click.option("--caller", "cast", default=CONTACT_NUMBER, show_default=True, callback=caller_number, help="Who calls.")
def call(
    ticket: str | None, managers: dict[int, ManagerBehaviour], url: str | None, as_json: bool, language: str,
    after_talk: str, hang_up_when: str | None, cast: Cast,
) -> None:  # fmt: skip
    """A telephone in the terminal.

    With --ticket one whole call runs by script, against a line of its own on simulated time (a second or two), or with
    --url against a running demo. What everybody hears and presses is printed as it happens. The exit code is 0 for a
    call that ended properly, however it ended for the caller, 1 for one that did not, 2 for a mistake in the options.

    Without --ticket the telephone is yours, and so are those of the managers.
    """
    configure("CRITICAL")
    if ticket is None:
        _by_hand(cast, url, scripted_only={"--manager": managers, "--json": as_json, "--hang-up-when": hang_up_when})
        return
    plan = CallerPlan(
        ticket=ticket,
        language=language,
        after_talk=AfterTalk(after_talk),
        hang_up_when=HangUpWhen(hang_up_when) if hang_up_when else None,
    )
    _scripted(cast, plan, managers, url, as_json=as_json)


def _scripted(
    cast: Cast, plan: CallerPlan, managers: dict[int, ManagerBehaviour], url: str | None, *, as_json: bool
) -> None:
    with ExitStack() as running:
        stage = _set_stage(running, url, simulated)
        run = ScriptedCall(stage.network, cast, Screen(Script(cast)), after_webhooks=stage.work)
        stage.on_mail(run.tell)
        _run_to_its_end(run, Company(cast, plan, managers))
        ending = run.record.ending(stage.reasons(run.record.sid))
    click.echo(ending.as_json() if as_json else f"\n{ending.as_sentence()}")
    _exit_code(run.record)


def _run_to_its_end(run: ScriptedCall, company: Company) -> None:
    try:
        run.run(company)
    except LineBusy as busy:
        refuse(f"{busy}", "Hang up there, or call from another number with --caller.")
    except TimeoutError:
        run.record.failures.append("the carrier did not answer any more")
    except ExchangeLost as lost:
        run.record.failures.append(f"{lost}")


def _exit_code(record: Record) -> None:
    for failure in record.failures:
        click.echo(f"ivr: the call did not end properly: {failure}", err=True)
    if record.failures:
        raise SystemExit(NOT_PROPERLY_ENDED)


def _by_hand(cast: Cast, url: str | None, *, scripted_only: dict[str, object]) -> None:
    given = [option for option, value in scripted_only.items() if value]
    if given:
        raise click.UsageError(f"{given[0]} needs --ticket: without one the telephones are in your hands.")
    if not sys.stdin.isatty():
        raise click.UsageError("Name a --ticket for a scripted call, or run this in a terminal to call by hand.")
    with ExitStack() as running:
        stage = _set_stage(running, url, live)
        by_hand = CallByHand(stage.network, cast, Screen(Script(cast)), click.echo)
        stage.on_mail(by_hand.screen.show)
        by_hand.run(sys.stdin)


def _set_stage(
    running: ExitStack, url: str | None, private: Callable[[datetime], AbstractContextManager[Stage]]
) -> Stage:
    """The stage, for as long as ``running`` lasts; trouble with setting it is told in a sentence."""
    try:
        return running.enter_context(elsewhere(url) if url else private(wall_clock()))
    except ExchangeLost as lost:
        refuse(f"{lost}", "Is `ivr demo` running? It prints the address of its telephones.")
    except OSError as error:
        refuse(f"a private line cannot be set up: {error.strerror or error}")
    except StoreError as error:
        refuse(f"the private line's database cannot be used: {error}")
