"""Text that others wrote, made fit for one line of ours."""

JOINERS = "\u200c\u200d"
"""Invisible, but words of several scripts cannot be written without them."""
LONGEST_VALUE = 300


def one_line(text: str) -> str:
    """``text`` fit for a header or one row of a mail.

    Ticket systems hand over what customers typed: line breaks would forge headers, control characters break the
    mail, direction marks disguise what is read. Each becomes a space; what is longer than 300 characters is cut.
    """
    printable = "".join(char if char.isprintable() or char in JOINERS else " " for char in text)
    line = " ".join(printable.split())
    return line if len(line) <= LONGEST_VALUE else line[: LONGEST_VALUE - 1] + "…"


def header_text(text: str) -> str:
    """``text`` as one line that no receiver of a mail takes for an encoded word."""
    return one_line(text).replace("=?", "= ?")
