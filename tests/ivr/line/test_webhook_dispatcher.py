"""Facts on their way to other programs: in order for each ticket, again until they arrive, given up in the open."""

from dataclasses import dataclass, field
from datetime import timedelta
from threading import Barrier, Thread

import pytest

from db.repositories.webhooks import Webhook
from db.unit_of_work import Store
from ivr.line.boxes import WEBHOOK_SECRETS, Box
from ivr.line.ports import RetryLater
from ivr.line.webhook_dispatcher import GONE, LEASE, PASS_SECONDS, UNREADABLE, WAITS, WebhookDispatcher
from tests.ivr.line.outbox_stories import NOW, ToldClock

BOX = Box("s" * 32, WEBHOOK_SECRETS)
SECOND, DAY = timedelta(seconds=1), timedelta(hours=24)


@dataclass
class Program:
    """The server of a webhook. ``answers`` are its statuses one after the other, or what is raised; then 204.
    ``refuses`` are facts that it never takes."""

    answers: list[int | BaseException] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    heard: list[tuple[str, str, int]] = field(default_factory=list)
    seconds: float = 0.0
    passed: float = 0.0

    def post(self, url: str, secret: str, name: str, body: str, at: int) -> int:
        self.heard.append((name, secret, at))
        self.passed += self.seconds
        if name in self.refuses:
            return 422
        answer = self.answers.pop(0) if self.answers else 204
        if isinstance(answer, BaseException):
            raise answer
        return answer

    @property
    def names(self) -> list[str]:
        return [name for name, _, _ in self.heard]


@pytest.fixture
def clock() -> ToldClock:
    return ToldClock()


@pytest.fixture
def program() -> Program:
    return Program()


def listens(store: Store, name: str = "bridge", secret: str = "whsec_1") -> int:
    with store.writing() as work:
        return work.webhooks.add(name=name, url="https://hooks.example/in", secret=BOX.lock(secret),
                                 kinds=frozenset(), by="olga", at=NOW)


def happens(store: Store, *facts: str, webhook: int = 1) -> None:
    """Facts, each named by its ticket and a number: 48213/1."""
    with store.writing() as work:
        for fact in facts:
            work.webhook_deliveries.add(webhook, fact, fact.partition("/")[0], "{}", NOW)


def sends(store: Store, clock: ToldClock, program: Program) -> int:
    return WebhookDispatcher(store, clock, program, BOX, lambda: program.passed).run_once()


def known(store: Store, webhook: int = 1) -> Webhook:
    with store.reading() as work:
        found = work.webhooks.read(webhook)
    assert found is not None
    return found


def counts(store: Store, webhook: int = 1) -> tuple[int, int]:
    """How many wait, and how many were given up."""
    with store.reading() as work:
        return work.webhook_deliveries.counts(webhook)


def test_facts_are_told_once_in_order_and_signed_with_the_secret(
    store: Store, clock: ToldClock, program: Program
) -> None:
    listens(store)
    happens(store, "48213/1", "48213/2", "48214/1", "48213/3")
    happens(store, "48213/1")

    assert sends(store, clock, program) == 4

    assert program.heard == [(name, "whsec_1", int(NOW.timestamp())) for name in
                             ("48213/1", "48213/2", "48214/1", "48213/3")]
    assert known(store).delivered_at == NOW
    assert counts(store) == (0, 0)
    assert sends(store, clock, program) == 0


@pytest.mark.parametrize("trouble", [503, 429, 302, 500, RetryLater("its server cannot be reached")])
def test_a_server_in_trouble_is_left_alone_and_nothing_is_lost(
    store: Store, clock: ToldClock, program: Program, trouble: int | Exception
) -> None:
    listens(store)
    happens(store, "48213/1", "48214/1")
    program.answers = [trouble, trouble]

    assert sends(store, clock, program) == 1, "the other ticket is not tried either"
    assert "its server" in (known(store).trouble or "")
    assert known(store).rests_until == NOW + WAITS[0]
    clock.advance(WAITS[0])
    assert sends(store, clock, program) == 1
    assert known(store).rests_until == clock.now + WAITS[1]
    clock.advance(WAITS[1])
    assert sends(store, clock, program) == 2

    assert sorted(program.names[2:]) == ["48213/1", "48214/1"]
    assert (known(store).failures, known(store).trouble, known(store).rests_until) == (0, None, None)
    assert counts(store) == (0, 0)


def test_what_a_server_will_not_take_holds_up_its_own_ticket_only(
    store: Store, clock: ToldClock, program: Program
) -> None:
    listens(store)
    happens(store, "48213/1", "48213/2", "48214/1", "48214/2")
    program.refuses = {"48213/1"}

    assert sends(store, clock, program) == 3
    assert program.names == ["48213/1", "48214/1", "48214/2"]
    assert known(store).failures == 0
    clock.advance(DAY)
    program.refuses = set()
    assert sends(store, clock, program) == 2

    assert program.names[3:] == ["48213/1", "48213/2"]


def test_after_a_day_it_is_given_up_and_what_came_after_goes_on(
    store: Store, clock: ToldClock, program: Program
) -> None:
    listens(store)
    happens(store, "48213/1", "48213/2")
    program.refuses = {"48213/1"}
    while counts(store)[1] == 0:
        assert "48213/2" not in program.names
        sends(store, clock, program)
        clock.advance(WAITS[-1])

    assert NOW + DAY <= clock.now <= NOW + DAY + 2 * WAITS[-1]
    assert program.names[-2:] == ["48213/1", "48213/2"]
    with store.reading() as work:
        [dead] = work.webhook_deliveries.dead(1, 9)
    assert dead.last_error == "given up after a day: its server answers 422"


def test_a_server_that_is_down_for_a_day_is_told_nothing_older(
    store: Store, clock: ToldClock, program: Program
) -> None:
    listens(store)
    happens(store, *(f"{ticket}/1" for ticket in range(200)))
    program.answers = [503] * 100
    while counts(store)[0]:
        sends(store, clock, program)
        clock.advance(WAITS[-1])

    assert counts(store) == (0, 200)
    assert len(program.heard) < 40, "one knock an hour"
    with store.writing() as work:
        assert work.webhook_deliveries.revive(1, clock.now) == 200
        work.webhooks.at_once(1)
    program.answers.clear()
    assert sends(store, clock, program) == 200


def test_a_program_that_is_gone_is_turned_off_and_can_be_turned_on_again(
    store: Store, clock: ToldClock, program: Program
) -> None:
    listens(store)
    happens(store, "48213/1")
    program.answers = [410]

    assert sends(store, clock, program) == 1
    assert (known(store).off_at, known(store).trouble) == (NOW, GONE)
    clock.advance(DAY)
    assert sends(store, clock, program) == 0
    with store.writing() as work:
        work.webhooks.turn_on(1, clock.now)
    assert sends(store, clock, program) == 1


def test_a_secret_that_cannot_be_read_any_more_says_so(store: Store, clock: ToldClock, program: Program) -> None:
    with store.writing() as work:
        work.webhooks.add(name="old", url="https://hooks.example", secret=Box("x" * 32, WEBHOOK_SECRETS).lock("s"),
                          kinds=frozenset(), by="olga", at=NOW)
    happens(store, "48213/1")

    assert sends(store, clock, program) == 1
    assert (program.heard, known(store).trouble) == ([], UNREADABLE)


def test_one_programs_trouble_is_not_the_others(store: Store, clock: ToldClock, program: Program) -> None:
    first, second = listens(store), listens(store, "second", "whsec_2")
    happens(store, "48213/1", webhook=first)
    happens(store, "48213/1", webhook=second)
    program.answers = [503]

    assert sends(store, clock, program) == 2
    assert [secret for _, secret, _ in program.heard] == ["whsec_1", "whsec_2"]
    assert counts(store, second) == (0, 0)


def test_a_slow_server_does_not_keep_the_worker(store: Store, clock: ToldClock, program: Program) -> None:
    listens(store)
    happens(store, *(f"{ticket}/1" for ticket in range(9)))
    program.seconds = PASS_SECONDS / 2

    assert sends(store, clock, program) == 2


def test_who_dies_while_telling_tells_again_and_nobody_overtakes(
    store: Store, clock: ToldClock, program: Program
) -> None:
    listens(store)
    happens(store, "48213/1", "48213/2")
    program.answers = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        sends(store, clock, program)

    assert sends(store, clock, program) == 0, "the lease runs"
    clock.advance(LEASE + SECOND)
    assert sends(store, clock, program) == 2
    assert program.names == ["48213/1", "48213/1", "48213/2"]


def test_two_workers_at_the_same_moment_tell_everything_once_and_in_order(
    store: Store, clock: ToldClock, program: Program
) -> None:
    listens(store)
    happens(store, *(f"{ticket}/{number}" for number in range(5) for ticket in range(6)))
    together = Barrier(2)

    def works() -> None:
        together.wait()
        while sends(store, clock, program):
            pass

    workers = [Thread(target=works) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    while sends(store, clock, program):
        pass
    assert len(program.names) == 30
    for ticket in range(6):
        mine = [name for name in program.names if name.startswith(f"{ticket}/")]
        assert mine == [f"{ticket}/{number}" for number in range(5)]
