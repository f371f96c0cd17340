"""Used links: of any number of clicks at the same moment exactly one counts."""

from datetime import datetime

from sqlalchemy import bindparam, select

from db.connection import Connection
from db.models import UsedLinkRow, table
from db.repositories.statements import inserted, upsert

_T = table(UsedLinkRow)
_USE = upsert(_T, lambda insert: insert.on_conflict_do_nothing(index_elements=[_T.c.nonce]).returning(_T.c.nonce))
_USED = select(_T.c.used_at).where(_T.c.nonce == bindparam("nonce"))


class UsedLinks:
    """The used links of one unit of work."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def use(self, nonce: str, at: datetime) -> bool:
        """Use a link; False when it has been used before."""
        return inserted(self._connection, _USE, {"nonce": nonce, "used_at": at})

    def used(self, nonce: str) -> bool:
        """Whether a link has been used."""
        return self._connection.execute(_USED, {"nonce": nonce}).first() is not None
