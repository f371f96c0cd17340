"""The drill: a whole call on a line of its own, by any routing, with emulated telephones; nothing real is rung."""
