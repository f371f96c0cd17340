"""The debugger: the vendor's error and warning codes with their texts (https://www.twilio.com/docs/api/errors)."""

ALERTS: dict[int, tuple[str, str]] = {
    11100: ("error", "Invalid URL format"),
    11200: ("error", "HTTP retrieval failure"),
    11205: ("error", "HTTP connection failure"),
    11215: ("error", "HTTP too many redirects"),
    11750: ("error", "TwiML response body too large"),
    12100: ("error", "Document parse failure"),
    12200: ("warning", "Schema validation warning"),
    12300: ("error", "Invalid Content-Type"),
    13201: ("error", "Dial: Cannot Dial out from a Dial Call Segment"),
    13214: ("error", "Dial: Invalid callerId value"),
    13223: ("error", "Dial: Invalid phone number format"),
    13238: ("error", "Dial->Conference: Invalid verb in waitUrl document"),
    13240: ("error", "Dial->Conference: Invalid coach value"),
    13244: ("error", "Enqueue: Invalid verb in waitUrl document"),
    13511: ("warning", "Say: Invalid voice"),
    13512: ("warning", "Say: Invalid language for voice"),
    13521: ("error", "Say: Text too long"),
    13617: ("warning", "Gather: Invalid nested verb"),
    15003: ("warning", "Call Progress: Warning Response to Callback URL"),
    15004: ("error", "Call: Relative action URL not allowed in a document without an address"),
    16025: ("error", "Conference: participant label already in use"),
    21262: ("warning", "Asynchronous AMD without a callback URL"),
    21626: ("warning", "Invalid statusCallbackEvents"),
    32018: ("error", "Twiml parameter too long"),
}


class Fault(Exception):
    """A document or request that the carrier refuses: its code, and the address it came from."""

    def __init__(self, code: int, url: str, detail: str = "") -> None:
        super().__init__(f"{code} {text_of(code)} {detail}".strip())
        self.code = code
        self.url = url
        self.detail = detail


def level_of(code: int) -> str:
    """``error`` or ``warning``."""
    return ALERTS.get(code, ("error", ""))[0]


def text_of(code: int) -> str:
    """The vendor's words for a code."""
    return ALERTS.get(code, ("error", "Error"))[1]
