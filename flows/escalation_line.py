"""The conversation with the caller: from the greeting to a manager, or to an honest refusal.

Each step reads like the conversation: the question, the answers, nonsense, silence. The steps stand in
``flows.caller``, one file for each part of the conversation, in the order in which a caller meets them; the words
of the questions in ``caller_questions``, how the ladder is climbed in ``ladder_hunt``, what the manager hears in
``call_screening``.
"""

from flows.call import EscalationCall
from flows.caller import after_talk, asking, consenting, deciding, holding, leaving, message, ringing, watching, ways
from flows.flow import Flow

line: Flow[EscalationCall] = Flow(
    "escalation_line",
    start="greeting",
    parts=(
        asking.welcome, asking.part, deciding.part, consenting.part, watching.part, ringing.part, holding.part,
        after_talk.part, ways.part, message.part,
    ),
)
line.hung_up(leaving.left)
