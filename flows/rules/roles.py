"""Who may do what behind the line: roles are given to people, rights are asked for by pages.

Source: the escalation line's admin, roles owner, admin (routing), supervisor (cooldowns, live calls, notes,
who is on duty), auditor (reads), manager (own availability, own promises).
"""

from collections.abc import Iterable, Mapping
from enum import Enum


class Role(Enum):
    """What somebody is. One person may have several roles."""

    OWNER = "owner"
    ADMIN = "admin"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    MANAGER = "manager"


class Right(Enum):
    """What a page or an action asks for."""

    READ = "read"              # see calls, tickets, routing, reports and the audit trail
    ROUTE = "route"            # edit, try and publish routing
    SUPERVISE = "supervise"    # lift and set cooldowns, note on tickets
    STAFF = "staff"            # say who is off duty, and who is on duty for a time
    OWN = "own"                # one's own sign-in, availability and promises
    GOVERN = "govern"          # give and take access


GRANTS: Mapping[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.ADMIN: frozenset({Right.READ, Right.ROUTE, Right.STAFF, Right.OWN}),
    Role.SUPERVISOR: frozenset({Right.READ, Right.SUPERVISE, Right.STAFF, Right.OWN}),
    Role.AUDITOR: frozenset({Right.READ, Right.OWN}),
    Role.MANAGER: frozenset({Right.OWN}),
}


def allowed(roles: Iterable[Role], needs: Right) -> bool:
    """Whether any of ``roles`` grants the right."""
    return any(needs in GRANTS[role] for role in roles)
