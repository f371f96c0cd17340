"""The commands of `ivr`, one module each."""
