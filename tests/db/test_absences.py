"""Absences: who is off duty, and until when."""

from db.repositories.absences import Absence
from db.unit_of_work import Store
from tests.db.samples import HOUR, MINUTE, NOW


def test_off_duty_until_a_time(store: Store) -> None:
    with store.writing() as work:
        work.absences.set("dana", NOW + HOUR, NOW, "dana")
        work.absences.set("marcus", NOW + 2 * HOUR, NOW, "priya")
        assert work.absences.off(NOW) == {"dana": NOW + HOUR, "marcus": NOW + 2 * HOUR}
        assert work.absences.off(NOW + HOUR - MINUTE).keys() == {"dana", "marcus"}
        assert work.absences.off(NOW + HOUR).keys() == {"marcus"}
        assert work.absences.off(NOW + 2 * HOUR) == {}


def test_who_says_it_again_means_the_new_time_be_it_sooner_or_later(store: Store) -> None:
    with store.writing() as work:
        work.absences.set("dana", NOW + HOUR, NOW, "dana")
        work.absences.set("dana", NOW + MINUTE, NOW + MINUTE / 2, "priya")
        assert work.absences.all(NOW) == [
            Absence(person="dana", until=NOW + MINUTE, set_at=NOW + MINUTE / 2, set_by="priya")
        ]


def test_back_on_duty_before_the_time(store: Store) -> None:
    with store.writing() as work:
        work.absences.set("dana", NOW + HOUR, NOW, "dana")
        assert work.absences.clear("dana")
        assert not work.absences.clear("dana")
        assert work.absences.off(NOW) == {}
