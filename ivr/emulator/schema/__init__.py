"""The schema derived from the vendor's own typed library; see ``twiml.json`` for its origin."""
