"""Notices as e-mail over SMTP: text and HTML, in the recipient's own language and time zone."""
