"""The pages that are written from the program and its tests, and not by hand."""

from __future__ import annotations

from typing import Final

from gguplan.language import Language
from tests.documentation.commands import commands_page
from tests.documentation.errors import errors_page
from tests.documentation.scenario_keys import scenario_page

_LANGUAGES: Final[tuple[Language, ...]] = ("en", "nl")


def reference_pages() -> dict[str, str]:
    """The text of each page, by its path in ``docs``."""
    pages = {"reference/commands.md": commands_page()}
    for language in _LANGUAGES:
        pages[f"reference/scenario.{language}.md"] = scenario_page(language)
        pages[f"reference/errors.{language}.md"] = errors_page(language)
    return pages
