"""Who is on stage."""

import pytest

from ivr.terminal_phone.cast import demo_cast


def test_the_demo_company_is_on_stage() -> None:
    cast = demo_cast()
    assert [(party.name, party.number) for party in cast.parties] == [
        ("caller", "+12025550123"),
        ("Level 1", "+12025550101"),
        ("Level 2", "+12025550102"),
        ("duty phone", "+12025550199"),
    ]
    assert cast.levels == {1: "Support Operations Manager", 2: "Senior Director of Support"}


@pytest.mark.parametrize("number", ["+12025550150", "+12025550101", "+12025550199"])
def test_nobody_calls_from_a_number_of_the_house(number: str) -> None:
    with pytest.raises(ValueError, match="is the number of"):
        demo_cast(number)


def test_mail_has_readers() -> None:
    readers = demo_cast().readers

    assert readers["shift.manager@northwind-support.example"] == "shift manager"
    assert readers["dana.whitfield@northwind-support.example"] == "Dana Whitfield"
