"""What somebody typed is kept when the sign-in has ended meanwhile, and offered again afterwards."""

from collections.abc import Mapping

from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict

KEPT_SECONDS = 3600
LONGEST = 1_000_000
"""Characters; it travels in the sign-in page and back."""
NEVER_KEPT = frozenset({"csrf_token", "password", "new_password", "code"})


class KeptForms:
    """Forms as signed text in the browser's own hands: nothing is stored for whoever never comes back."""

    def __init__(self, secret_key: str) -> None:
        self._serializer = URLSafeTimedSerializer(secret_key, salt="kept form")

    def keep(self, path: str, form: MultiDict[str, str]) -> str:
        """The form and where it was going; empty when it is too long to be kept. Secrets are left out."""
        fields = [(name, value) for name, value in form.items(multi=True) if name not in NEVER_KEPT]
        text = str(self._serializer.dumps({"path": path, "fields": fields}))
        return text if len(text) <= LONGEST else ""

    def read(self, kept: str) -> tuple[str, list[tuple[str, str]]] | None:
        """Where it was going and what it said; None when it was not kept by us, or too long ago."""
        try:
            form: Mapping[str, list[tuple[str, str]]] = self._serializer.loads(kept, max_age=KEPT_SECONDS)
        except BadData:
            return None
        return str(form["path"]), [(str(name), str(value)) for name, value in form["fields"]]
