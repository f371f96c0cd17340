"""The routing as a YAML file that people write: read, checked, written and compared. Sentences, never tracebacks."""
