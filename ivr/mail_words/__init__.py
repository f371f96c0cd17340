"""The words of the mails: what is shipped in each language, and what may be said instead."""
