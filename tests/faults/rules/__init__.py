"""The rules of the machine: one module for each kind of actor, each adding its own to ``EscalationMachine``."""
