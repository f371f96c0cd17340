"""Copies what the admin pages load out of node_modules, with licences and a manifest of versions and checksums.

After a change of package.json: ``npm ci --ignore-scripts && python vendor.py``; the result is committed, because pages
that load from elsewhere would tell elsewhere who is on call.
"""

import base64
import hashlib
import json
import shutil
from pathlib import Path

HERE = Path(__file__).parent
VENDOR = HERE.parent / "static" / "vendor"
FILES = {
    "@picocss/pico": ("css/pico.classless.min.css", "LICENSE.md"),
    "htmx.org": ("dist/htmx.min.js", "LICENSE"),
    "@simplewebauthn/browser": ("dist/bundle/index.umd.min.js", "LICENSE.md"),
    "sortablejs": ("Sortable.min.js", "LICENSE"),
}


def main() -> None:
    """Replace the vendored files."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.mkdir(parents=True)
    entries = [_copied(package, file, licence) for package, (file, licence) in FILES.items()]
    (VENDOR / "manifest.json").write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


def _copied(package: str, file: str, licence: str) -> dict[str, str]:
    source = HERE / "node_modules" / package
    version = json.loads((source / "package.json").read_text(encoding="utf-8"))["version"]
    name = Path(file).name
    shutil.copy(source / file, VENDOR / name)
    shutil.copy(source / licence, VENDOR / f"{name}.LICENSE")
    digest = hashlib.sha384((VENDOR / name).read_bytes()).digest()
    return {"package": package, "version": version, "file": name, "sha384": base64.b64encode(digest).decode()}


if __name__ == "__main__":
    main()
