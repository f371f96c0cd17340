"""Webhooks: the border across which other programs are told what happens."""
