"""The caller's conversation in parts, each a screen or two; ``flows.escalation_line`` puts them together."""
