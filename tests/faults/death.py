"""How a process dies in the machine: around a commit. Nothing catches it, as nothing catches SIGKILL."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum

from db.unit_of_work import Store, Work


class Died(BaseException):
    """The process was killed here. It is no Exception: no border may catch it and carry on."""


class Moment(Enum):
    """When it dies, seen from its next commit."""

    BEFORE = "before the commit"
    AFTER = "after the commit"


class MortalStore(Store):
    """A store whose process can be told to die at one of its next commits."""

    death: Moment | None = None

    def dies(self, moment: Moment | None) -> None:
        """Die at the next commit; None: live on."""
        self.death = moment

    @contextmanager
    def writing(self) -> Iterator[Work]:
        """One transaction; its process may be killed around its commit."""
        with super().writing() as work:
            yield work
            if self._is_due(Moment.BEFORE):
                raise Died
        if self._is_due(Moment.AFTER):
            raise Died

    def _is_due(self, moment: Moment) -> bool:
        if self.death is not moment:
            return False
        self.death = None
        return True
