"""The public pages: what a link in a mail or a text leads to. No sign-in: the signed link is the permission."""
