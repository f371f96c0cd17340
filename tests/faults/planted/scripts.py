"""Short stories in which planted bugs are caught. Without a bug nothing is found in any of them."""

from collections.abc import Callable

from tests.faults import company
from tests.faults.carrier import Fate
from tests.faults.deeds import callers, house, managers, network, strangers
from tests.faults.deeds.ending import all_is_over
from tests.faults.deeds.strangers import Forged
from tests.faults.mail import Post
from tests.faults.rest_desk import Manner
from tests.faults.wire import Mishap
from tests.faults.world import World

Script = Callable[[World], None]
BACKUP, MAIL = company.BACKUP_TICKETS[0], company.MAIL_TICKETS[0]
MINUTE = 60.0


def look(world: World, *deeds: Callable[[], object]) -> None:
    """Do one thing after another, and look at everything after each."""
    for deed in deeds:
        deed()
        world.judged()


def to_the_end(script: Script) -> Script:
    """The script, and then everybody hangs up and everything must come to rest."""

    def whole(world: World) -> None:
        script(world)
        all_is_over(world)

    whole.__name__ = script.__name__
    return whole


def caller_one(world: World) -> "callers.Handset":
    """A caller who is on nobody's ladder."""
    return world.phones[company.CALLERS[1]]


def caller_two(world: World) -> "callers.Handset":
    """Another one."""
    return world.phones[company.CALLERS[2]]


@to_the_end
def a_caller_says_nothing(world: World) -> None:
    """Somebody phones and keys nothing; the line gives up after some tries."""
    look(world, lambda: callers.dials(world, caller_one(world)), lambda: world.passes(2 * MINUTE))


@to_the_end
def a_caller_leaves_at_once(world: World) -> None:
    """Somebody phones and hangs up; every callback arrives."""
    look(
        world,
        lambda: callers.dials(world, caller_one(world)),
        lambda: callers.hangs_up(world, caller_one(world)),
        lambda: world.passes(75.0),
    )


@to_the_end
def a_caller_vanishes(world: World) -> None:
    """Somebody phones and hangs up, and the line is never told."""
    look(
        world,
        lambda: callers.dials(world, caller_one(world)),
        lambda: network.treats_callbacks(world, Fate.LOST),
        lambda: callers.hangs_up(world, caller_one(world)),
        lambda: world.passes(5 * MINUTE),
    )


@to_the_end
def nobody_answers(world: World) -> None:
    """The whole ladder rings in vain."""
    look(world, lambda: callers.escalates(world, caller_one(world), BACKUP), lambda: world.passes(8 * MINUTE))


@to_the_end
def nobody_answers_and_the_caller_calls_again(world: World) -> None:
    """The whole ladder rings in vain, and a minute later the same ticket is keyed again."""
    nobody_rings(world)
    look(
        world,
        lambda: world.passes(MINUTE),
        lambda: callers.escalates(world, caller_one(world), BACKUP),
        lambda: world.passes(20.0),
    )


def nobody_rings(world: World) -> None:
    """The whole ladder rings in vain."""
    look(world, lambda: callers.escalates(world, caller_one(world), BACKUP), lambda: world.passes(8 * MINUTE))


@to_the_end
def a_mailbox_answers(world: World) -> None:
    """The first phone is picked up by a machine."""
    anna = world.phones[company.ANNA]
    look(
        world,
        lambda: anna.be_mailbox(after=2.0),
        lambda: callers.escalates(world, caller_one(world), BACKUP),
        lambda: world.passes(70.0),
    )


def _rung(world: World, ticket: str) -> None:
    look(world, lambda: callers.escalates(world, caller_one(world), ticket), lambda: world.passes(12.0))


@to_the_end
def a_manager_passes_it_on(world: World) -> None:
    """Anna presses 2; then Boris is rung."""
    _rung(world, BACKUP)
    look(
        world,
        lambda: managers.passes_on(world, world.phones[company.ANNA]),
        lambda: world.passes(15.0),
    )


def they_talk(world: World, ticket: str = BACKUP) -> None:
    """The first manager who is rung accepts."""
    _rung(world, ticket)
    look(world, lambda: managers.accepts(world, world.ringing()[0]), lambda: world.passes(5.0))


@to_the_end
def a_talk(world: World) -> None:
    """A caller and a manager talk, and both hang up."""
    they_talk(world)
    look(world, lambda: callers.hangs_up(world, caller_one(world)), lambda: world.passes(75.0))


@to_the_end
def one_of_three_accepts(world: World) -> None:
    """A level rings together, and one of its members accepts."""
    they_talk(world, MAIL)


@to_the_end
def the_caller_leaves_while_phones_ring(world: World) -> None:
    """A level rings together, and the caller hangs up."""
    _rung(world, MAIL)
    look(world, lambda: callers.hangs_up(world, caller_one(world)), lambda: world.passes(2 * MINUTE))


def _wraps_up(world: World, key: str, length: str) -> None:
    they_talk(world)
    talking = world.on_a_call(company.MANAGERS)[0]
    look(world, lambda: managers.wraps_up(world, talking, key, length), lambda: world.passes(8.0))


@to_the_end
def a_manager_promises(world: World) -> None:
    """After the talk the manager promises an answer in twenty minutes."""
    _wraps_up(world, "2", "20")


@to_the_end
def a_manager_asks_for_quiet_and_the_caller_for_the_next_level(world: World) -> None:
    """After the talk the manager asks that phones rest, and the caller for the next level."""
    _wraps_up(world, "9", "90")
    look(
        world,
        lambda: world.passes(15.0),
        lambda: callers.keys(world, caller_one(world), "2"),
        lambda: world.passes(20.0),
    )


@to_the_end
def the_next_escalation_after_a_talk(world: World) -> None:
    """They have talked on the first level; when the ticket has rested the caller escalates it again."""
    they_talk(world)
    look(
        world,
        lambda: callers.hangs_up(world, caller_one(world)),
        lambda: world.passes(45 * MINUTE),
        lambda: callers.escalates(world, caller_one(world), BACKUP),
        lambda: world.passes(40.0),
    )


@to_the_end
def two_callers_and_one_ticket(world: World) -> None:
    """While the ladder rings for one caller, another one keys the same ticket."""
    look(
        world,
        lambda: callers.escalates(world, caller_one(world), BACKUP),
        lambda: world.passes(2.2 * MINUTE),
        lambda: callers.escalates(world, caller_two(world), BACKUP),
        lambda: world.passes(10.0),
    )


@to_the_end
def two_callers_wait(world: World) -> None:
    """Two callers wait for different tickets; the manager rung for the second one accepts first."""
    look(
        world,
        lambda: callers.escalates(world, caller_one(world), BACKUP),
        lambda: callers.escalates(world, caller_two(world), MAIL),
        lambda: world.passes(12.0),
        lambda: managers.accepts(world, world.phones[company.DMITRI]),
        lambda: world.passes(5.0),
    )


@to_the_end
def the_carriers_api_is_silent(world: World) -> None:
    """No order to ring is answered, while a level of three is to ring together."""
    look(
        world,
        lambda: network.answers_rest(world, Manner.NEVER_ARRIVES),
        lambda: callers.escalates(world, caller_one(world), MAIL),
        lambda: world.passes(40.0),
    )


@to_the_end
def the_mail_server_is_down_for_an_hour(world: World) -> None:
    """An escalation is made meanwhile."""
    look(
        world,
        lambda: house.mail_server(world, Post.DOWN),
        lambda: callers.escalates(world, caller_one(world), company.NOBODYS),
        lambda: world.passes(60 * MINUTE),
        lambda: house.mail_server(world, Post.UP),
    )


@to_the_end
def the_mail_servers_answer_is_lost(world: World) -> None:
    """It has taken the mail, and the line cannot know."""
    look(
        world,
        lambda: house.mail_server(world, Post.ANSWER_LOST),
        lambda: callers.escalates(world, caller_one(world), company.NOBODYS),
        lambda: world.passes(30 * MINUTE),
    )


def forged(how: Forged) -> Script:
    """Somebody else sends what the carrier has sent before, about a call that goes on."""

    def script(world: World) -> None:
        look(
            world,
            lambda: callers.dials(world, caller_two(world)),
            lambda: callers.hangs_up(world, caller_two(world)),
            lambda: callers.dials(world, caller_one(world)),
        )
        for made in world.carrier.wire.made[:]:
            look(world, lambda made=made: strangers.forges(world, how, made))  # type: ignore[misc]

    script.__name__ = f"forged_{how.name.lower()}"
    return to_the_end(script)


@to_the_end
def a_caller_guesses(world: World) -> None:
    """Nine wrong numbers in three calls, and then a right one."""
    for _ in range(3):
        look(world, lambda: callers.asks_for(world, caller_one(world), "4801"))
        for number in ("49999", "777777"):
            look(world, lambda number=number: callers.keys(world, caller_one(world), f"{number}#"))  # type: ignore[misc]
        look(world, lambda: world.passes(30.0))
    look(world, lambda: callers.asks_for(world, caller_one(world), BACKUP))


@to_the_end
def the_foreign_director_is_rung_first(world: World) -> None:
    """Another routing is published, whose first level begins with a forbidden number."""
    look(world, lambda: house.publishes(world, company.SECOND_EDITION))
    _rung(world, BACKUP)
    look(world, lambda: world.passes(60.0))


@to_the_end
def a_manager_escalates_himself(world: World) -> None:
    """Ivan is on the ladder of the ticket that he phones about."""
    ivan = world.phones[company.CALLERS[0]]
    for number in (company.BORIS, company.DMITRI, company.HUGO):
        world.phones[number].be_unreachable()
    look(world, lambda: callers.escalates(world, ivan, MAIL), lambda: world.passes(3 * MINUTE))


def repeated(mishap: Mishap) -> Script:
    """The webhook of a key, and that of an order to ring, come twice."""

    def script(world: World) -> None:
        look(
            world,
            lambda: callers.dials(world, caller_one(world)),
            lambda: network.befalls_the_next_webhook(world, mishap),
            lambda: callers.keys(world, caller_one(world), "1"),
            lambda: callers.keys(world, caller_one(world), f"{BACKUP}#"),
            lambda: network.befalls_the_next_webhook(world, mishap),
            lambda: callers.keys(world, caller_one(world), "1"),
            lambda: world.passes(20.0),
        )

    script.__name__ = f"repeated_{mishap.name.lower()}"
    return to_the_end(script)


@to_the_end
def the_ticket_system_was_asked(world: World) -> None:
    """Some tickets are looked up, one call after another."""
    for ticket in (BACKUP, MAIL, company.NOBODYS):
        look(
            world,
            lambda ticket=ticket: callers.asks_for(world, caller_one(world), ticket),  # type: ignore[misc]
            lambda: callers.hangs_up(world, caller_one(world)),
        )


@to_the_end
def a_caller_on_hold_leaves_a_message(world: World) -> None:
    """The phones stop, and what was said is kept."""
    _rung(world, BACKUP)
    look(world, lambda: callers.leaves_a_message(world, caller_one(world)), lambda: world.passes(5.0))


@to_the_end
def a_caller_on_hold_is_called_back(world: World) -> None:
    """The phones stop; when the ticket has rested the customer's phone rings, and the ladder is climbed again."""
    _rung(world, BACKUP)
    look(
        world,
        lambda: callers.asks_to_be_called_back(world, caller_one(world)),
        lambda: house.waits_for_callback(world),
        lambda: managers.accepts(world, world.phones[company.CALLERS[0]]),
        lambda: managers.presses(world, world.phones[company.CALLERS[0]], "1"),
        lambda: world.passes(15.0),
        lambda: managers.accepts(world, world.phones[company.ANNA]),
        lambda: world.passes(10.0),
    )
