"""Where the borders meet: one webhook becomes one turn, one transaction, one answer."""
