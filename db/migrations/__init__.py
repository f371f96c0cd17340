"""The schema's history, for Alembic. Use it through ``db.migrate``."""
