"""The manager's own line in parts, each a screen or two; ``flows.manager_line`` puts them together."""
