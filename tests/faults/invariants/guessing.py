"""I11 and I12: what a stranger can do, and learn."""

from collections.abc import Iterator

from tests.faults.invariants.look import Look, invariant
from tests.faults.sentences import says, without_numbers, words_of
from tests.faults.tickets import Mood


@invariant("I11")
def a_forgery_is_refused(look: Look) -> Iterator[str]:
    """403, and not one row of one table is another."""
    for forgery in look.judge.forgeries:
        if forgery.status != 403:
            yield f"{forgery.path}, {forgery.how}, was answered with HTTP {forgery.status}"
        if forgery.changed:
            yield f"{forgery.path}, {forgery.how}, changed the books"
    look.judge.forgeries.clear()


@invariant("I12")
def every_wrong_number_sounds_the_same(look: Look) -> Iterator[str]:
    """Unknown, or known to one who has guessed too often: the same words at the same try, and the ticket system asked
    as often, so that it takes as long."""
    for tried in look.judge.guesses.follow(look.webhooks):
        known = tried.number in look.world.tickets.tickets
        if look.world.tickets.mood is not Mood.QUICK or (known and not tried.throttled):
            continue
        if not says(words_of(tried.made.body), "ticket.missing"):
            yield f"a number that {'was guessed too late' if known else 'is no ticket'} was not called missing"
        sound = (without_numbers(tried.made.body), tried.made.asked)
        usual = look.judge.sounds.setdefault((tried.language, tried.nth), sound)
        if sound != usual:
            yield f"try {tried.nth + 1} with {'a known' if known else 'an unknown'} number sounded differently"
