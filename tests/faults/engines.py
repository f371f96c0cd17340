"""Engines that outlive a world: what they have prepared for one database they need not prepare for the next."""

from datetime import timedelta
from functools import lru_cache

from sqlalchemy import Engine

from db.engine import open_engine

PATIENT = timedelta(seconds=60)
"""Of real time, for locks and look-ups: the machine finds the same on the slowest computer."""


@lru_cache
def one_engine(url: str, synchronous: str = "NORMAL", *, reader: bool = False) -> Engine:
    """The engine for this address; a closed one opens new connections when it is used again, perhaps to another file
    that lies there now. ``reader``: an onlooker's own."""
    return open_engine(url, synchronous=synchronous, patience=PATIENT)
