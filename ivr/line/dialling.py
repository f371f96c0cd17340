"""Which numbers the line may ever dial: valid, in an allow-listed region, of an ordinary type, and not our own."""

from dataclasses import dataclass

import phonenumbers
from phonenumbers import PhoneNumberType

ORDINARY_TYPES = frozenset(
    {PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.VOIP}
)
"""Premium, shared-cost, personal, paging and the like are never dialled: they are what toll fraud is made of."""

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
            return f"its region {region or 'none'} is not among those allowed ({', '.join(sorted(self.regions))})"
        if phonenumbers.number_type(parsed) not in ORDINARY_TYPES:
            return "it is not an ordinary fixed, mobile or internet number"
        return None
