"""What a program may do through the API: scopes are given to tokens, and asked for by addresses.

Source: the escalation line's API, tokens with scopes. Nobody gets access by the API: users and tokens are made by
people who sign in.
"""

from enum import Enum


class Scope(Enum):
    """What a token allows. ``value`` is its name in tokens, documents and problems."""

    READ = "read"
    TICKETS = "tickets:write"
    COOLDOWNS = "cooldowns:write"
    ROUTING = "routing:write"
    ON_CALL = "on-call:write"
    NOTIFICATIONS = "notifications:write"
    WEBHOOKS = "webhooks:write"


MEANING = {
    Scope.READ: "see calls, tickets, routing, who is on duty, reports, letters and the audit trail",
    Scope.TICKETS: "put tickets into the built-in ticket system",
    Scope.COOLDOWNS: "set and lift cooldowns, and de-escalate",
    Scope.ROUTING: "edit the routing draft, publish it, restore a version",
    Scope.ON_CALL: "put somebody on duty for a time",
    Scope.NOTIFICATIONS: "try letters again that could not be delivered",
    Scope.WEBHOOKS: "make, try and remove webhooks",
}
