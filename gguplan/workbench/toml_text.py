"""Values as TOML writes them."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any


def toml_text(value: Any) -> str:
    """A value on one line: a text, number, day, list, or table between braces."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            # As JSON, which lets one sign through that TOML does not.
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case list() | tuple():
            return f"[{', '.join(map(toml_text, value))}]"
        case dict():
            return f"{{ {', '.join(f'{toml_key(key)} = {toml_text(item)}' for key, item in value.items())} }}"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def toml_key(key: object) -> str:
    """A key, in quotes where it needs them."""
    text = str(key)
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else toml_text(text)


def typed_text(value: Any) -> str:
    """A value as it is typed into a field: a text without quotes; nothing where there is none."""
    if value is None:
        return ""
    return value if isinstance(value, str) else toml_text(value)
