"""Pages for people without an account: whoever has the signed link may open them."""
