"""Amounts that stay on one line, wherever the text around them is broken."""

from __future__ import annotations

import re
from typing import Final

_TORN: Final = re.compile("(?<=€) | (?=%)")
_MINUS: Final = re.compile(r"(?:(?<=[€\s(])|^)-(?=[\d€\N{WORD JOINER}])")


_SIGNED: Final = re.compile("(?<=[-−+])(?=€)")


def in_a_line(text: str) -> str:
    """As `whole`, and for text that is broken anywhere: a sign stays with the euro sign behind it."""
    return whole(_SIGNED.sub("\N{WORD JOINER}", text))


def whole(text: str) -> str:
    """Text in which an amount and a percentage stay on one line: a minus is one, and no hyphen that ends a line."""
    return _MINUS.sub("\N{MINUS SIGN}", _TORN.sub("\N{NO-BREAK SPACE}", text))
