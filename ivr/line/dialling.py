"""Which numbers the line may ever dial: valid, in an allow-listed region, of an ordinary type, and not our own."""

from dataclasses import dataclass

import phonenumbers
from babel import Locale
from phonenumbers import PhoneNumberType

ORDINARY_TYPES = frozenset(
    {PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.VOIP}
)
"""Premium, shared-cost, personal, paging and the like are never dialled: they are what toll fraud is made of."""

KINDS = {
    PhoneNumberType.PREMIUM_RATE: "a premium-rate number",
    PhoneNumberType.SHARED_COST: "a shared-cost number",
    PhoneNumberType.TOLL_FREE: "a toll-free number",
    PhoneNumberType.PERSONAL_NUMBER: "a personal number, which costs extra",
    PhoneNumberType.PAGER: "a pager",
    PhoneNumberType.UAN: "a company-wide number",
    PhoneNumberType.VOICEMAIL: "a mailbox",
}
TEXTED_TYPES = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})


@dataclass(frozen=True, slots=True, kw_only=True)
class DialPolicy:
    """``regions`` are two-letter codes; non-geographic codes such as +882 belong to none and are refused. ``texts``:
    "off", "links" (only what a manager asks for) or "all"."""

    regions: frozenset[str]
    texts: str = "off"

    def can_text(self, number: str) -> bool:
        """Whether a text may be sent to ``number``, and its telephone can show one."""
        if self.texts == "off" or self.refusal(number) is not None:
            return False
        return phonenumbers.number_type(phonenumbers.parse(number)) in TEXTED_TYPES

    def refusal(self, number: str, *, barred: frozenset[str] = frozenset()) -> str | None:
        """Why ``number`` (E.164) may not be dialled, or None. ``barred`` are the line's own number and the caller's."""
        if number in barred:
            return "it is the line's own number or the caller's"
        try:
            parsed = phonenumbers.parse(number)
        except phonenumbers.NumberParseException:
            return "it is not a phone number in E.164 form"
        if not phonenumbers.is_valid_number(parsed):
            return "it is not a valid phone number"
        region = phonenumbers.region_code_for_number(parsed)
        if region not in self.regions:
            return f"it belongs to {_country(region)}, and only {', '.join(sorted(self.regions))} may be dialled"
        kind = phonenumbers.number_type(parsed)
        return None if kind in ORDINARY_TYPES else f"it is {KINDS.get(kind, 'not an ordinary number')}"


def _country(region: str | None) -> str:
    """A region's name and code; "001" is what numbers have that belong to all of the world."""
    name = Locale("en").territories.get(region or "")
    return f"{name} ({region})" if name and region != "001" else "no country"
