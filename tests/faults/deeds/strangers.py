"""What somebody tries who is not the carrier."""

from enum import Enum

from tests.faults.judge import Forgery
from tests.faults.wire import Webhook
from tests.faults.world import BASE, World


class Forged(Enum):
    """How a request is made to look like the carrier's."""

    UNSIGNED = "without a signature"
    OTHER_TOKEN = "signed with another token"
    OTHER_KEYS = "with other keys than were signed"
    OTHER_PLACE = "with the signature of another address"
    EMPTY_TOKEN = "signed with an empty token"


def forges(world: World, how: Forged, genuine: Webhook) -> None:
    """Send something like a webhook that the carrier has made before."""
    wire, url, form = world.carrier.wire, BASE + genuine.path, dict(genuine.form)
    signature = wire.signature(url, form)
    match how:
        case Forged.UNSIGNED:
            signature = ""
        case Forged.OTHER_TOKEN:
            signature = wire.signature(url, form, token="f" * 32)
        case Forged.EMPTY_TOKEN:
            signature = wire.signature(url, form, token="")
        case Forged.OTHER_KEYS:
            form = form | {"Digits": "1" + form.get("Digits", "")}
        case Forged.OTHER_PLACE:
            url = f"{BASE}/voice/incoming" if genuine.path.endswith("/status") else f"{BASE}/voice/status"
    before = world.books.fingerprint()
    status, _, _ = world.carrier.do(lambda: wire.post(url, form, signature))
    world.judge.forgeries.append(Forgery(genuine.path, how.value, status, world.books.fingerprint() != before))
