"""Derive the schema that documents are linted against from npm ``twilio``:

    npm pack twilio && tar xzf twilio-*.tgz
    python -m tests.conformance.derive_schema package > ivr/emulator/schema/twiml.json

Attributes and enumerations come from ``VoiceResponse.d.ts``, nesting from the ``ele("Tag", attributes, text)`` calls of
``VoiceResponse.js`` beside it. The package is MIT-licensed; its licence lies next to the schema.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any

MAKER = "tests/conformance/derive_schema.py"
ENUMERATION = re.compile(r"^    type (\w+) = (.+);$", re.MULTILINE)
INTERFACE = re.compile(r"interface (\w+)Attributes \{(.*?)\n    \}", re.DOTALL)
ATTRIBUTE = re.compile(r"^\s+['\"]?([\w:-]+)['\"]?\?: ([\w.\[\]]+);$", re.MULTILINE)
CLASS = re.compile(r"^\s*class (\w+) extends .*?\{(.*?)(?=^\s*class |\Z)", re.MULTILINE | re.DOTALL)
CHILD = re.compile(r'new VoiceResponse\.(\w+)\(this\.\w+\.ele\("([\w-]+)", attributes(, \w+)?\)')


def derive(package: Path) -> dict[str, Any]:
    """The schema: ``types`` by name, ``elements`` by class with attributes, children (tag to class) and whether text
    fits."""
    types_text = (package / "lib/twiml/VoiceResponse.d.ts").read_text()
    code = (package / "lib/twiml/VoiceResponse.js").read_text()
    elements: dict[str, dict[str, Any]] = {}

    def element(name: str) -> dict[str, Any]:
        return elements.setdefault(name, {"attributes": {}, "children": {}, "text": False})

    for name, body in INTERFACE.findall(types_text):
        element(name)["attributes"] |= dict(ATTRIBUTE.findall(body))
    for name, body in CLASS.findall(code):
        for child, tag, text in CHILD.findall(body):
            element(name)["children"][tag] = child
            element(child)["text"] |= bool(text)
    version = json.loads((package / "package.json").read_text())["version"]
    return {
        "source": f"derived from npm twilio {version} (MIT, see twilio-node-license.txt) by {MAKER}",
        "types": {name: re.findall(r'"([^"]*)"', values) for name, values in ENUMERATION.findall(types_text)},
        "elements": dict(sorted(elements.items())),
    }


if __name__ == "__main__":
    json.dump(derive(Path(sys.argv[1])), sys.stdout, indent=0, ensure_ascii=False)
    print()
