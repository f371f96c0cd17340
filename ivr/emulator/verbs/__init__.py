"""One verb, one file, one function whose docstring states the vendor's contract."""
