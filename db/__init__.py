"""REMEMBERS: calls, claims, rings, tickets, routing and the outbox. The only place that knows SQLAlchemy.

Callers open a ``db.unit_of_work.Store`` and speak to its repositories in the types of ``flows``; what goes wrong
reaches them as ``db.errors``.
"""
