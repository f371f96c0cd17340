"""What may be expected, reckoned again in plain Python: nothing here imports a rule or a step of the line."""
