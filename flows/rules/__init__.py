"""The rules of the trade, each a pure function over plain facts. Source: the support knowledge-base article 5850."""
