"""The API, version 1: what the pages do, for programs."""
