"""Short names made of titles."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LONGEST: Final = 60


def short_name(title: str) -> str:
    """The letters and digits of a title with hyphens between them: `Nieuwe aanpak` is `nieuwe-aanpak`; nothing where it
    has none."""
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-")


def scenario_file_name(title: str) -> str:
    """The name of the file of a scenario with this title."""
    return f"{short_name(title) or 'voorstel'}.toml"
