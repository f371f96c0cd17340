"""DECIDES: the conversations and the rules of the trade, in the standard library only.

Nothing here has a clock, a network or a database: what the world knows arrives as a ``Heard``,
what the world should do leaves as a ``Turn``.
"""
