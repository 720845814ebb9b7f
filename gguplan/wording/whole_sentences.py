"""A text that stands as a sentence of its own."""

from __future__ import annotations

from typing import Final

_ENDS: Final = (".", "!", "?", "…", ":", ".”", '."', ".)")


def whole_sentence(text: str) -> str:
    """The text with a capital and an end: what a scenario states may have neither."""
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if not text or text.endswith(_ENDS) else ".")
