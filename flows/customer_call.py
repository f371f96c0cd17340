"""The conversation with a customer whom the line calls back: whoever picks up must press a key before a word is said
about a ticket. From there on it is the conversation of the escalation line.
"""

from flows.call import EscalationCall
from flows.caller import (
    after_talk,
    asking,
    called,
    consenting,
    deciding,
    holding,
    leaving,
    message,
    ringing,
    watching,
    ways,
)
from flows.flow import Flow

customer_call: Flow[EscalationCall] = Flow(
    "customer_call",
    start="picked_up",
    parts=(
        called.part, asking.part, deciding.part, consenting.part, watching.part, ringing.part, holding.part,
        after_talk.part, ways.part, message.part,
    ),
)
customer_call.hung_up(leaving.left)
