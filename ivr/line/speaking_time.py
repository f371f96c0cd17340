"""How long a voice needs for a text: an estimate, the same for every voice of a language."""

CHARACTERS_PER_SECOND = {"en": 15, "de": 15, "ru": 14}
SECONDS_PER_DIGIT = 0.4


def speaking_seconds(text: str, language: str) -> float:
    """Seconds for ``text``: letters at a usual pace, digits that stand alone one by one."""
    words = text.split()
    digits = [word for word in words if len(word) == 1 and word.isdigit()]
    return (len(text) - 2 * len(digits)) / CHARACTERS_PER_SECOND[language] + SECONDS_PER_DIGIT * len(digits)
