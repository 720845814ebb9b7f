"""One catalogue for what the user reads, in English and Dutch.

English stands in the code; ``languages/nl.po`` holds the Dutch. The language is that of the caller's
context: the command line sets it from ``--lang`` or the locale, a notebook starts in English.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from io import BytesIO
from pathlib import Path, PurePath
from typing import Final, Literal, get_args

from gguplan.visible_text import visible

Language = Literal["en", "nl"]

_language: Final[ContextVar[Language]] = ContextVar("language", default="en")


def current_language() -> Language:
    """The language in which text and amounts are written now."""
    return _language.get()


def set_language(language: Language) -> None:
    """Write everything from here on in this language. Raises ValueError for one that gguplan does not have."""
    if language not in get_args(Language):
        raise ValueError(f"{language!r} is not 'en' or 'nl'")
    _language.set(language)


@contextmanager
def written_in(language: Language) -> Iterator[None]:
    """Write in this language within: a document is not always in the language of who makes it."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def language_of_locale() -> Language:
    """Dutch when the environment says so (LC_ALL, LC_MESSAGES, LANG), else English."""
    settings = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "nl" if next(filter(None, settings), "").lower().startswith("nl") else "en"


def _(message: str, **values: object) -> str:
    """The message in the current language, with the values put in their places, as they may be shown."""
    text = _catalogue().gettext(message) if current_language() == "nl" else message
    return text.format(**_visible(values)) if values else text


def plural(singular: str, many: str, count: int, **values: object) -> str:
    """The message for one or for many in the current language; ``{count}`` stands for the count."""
    text = (
        _catalogue().ngettext(singular, many, count) if current_language() == "nl" else singular if count == 1 else many
    )
    return text.format(count=count, **_visible(values))


def _visible(values: dict[str, object]) -> dict[str, object]:
    """The values as they may be shown: names of files and programmes come from others."""
    return {name: visible(str(value)) if isinstance(value, str | PurePath) else value for name, value in values.items()}


def listed_with_and(items: Iterable[str]) -> str:
    """``A, B and C``."""
    return _listed(items, _("and"))


def listed_with_or(items: Iterable[str]) -> str:
    """``A, B or C``."""
    return _listed(items, _("or"))


def _listed(items: Iterable[str], conjunction: str) -> str:
    *first, last = items
    return f"{', '.join(first)} {conjunction} {last}" if first else last


@cache
def _catalogue() -> gettext.NullTranslations:
    """The Dutch catalogue: compiled where the program is installed, and in a clone the text itself."""
    folder = Path(__file__).parent / "languages"
    if (folder / "nl.mo").is_file():
        with (folder / "nl.mo").open("rb") as compiled_before:
            return gettext.GNUTranslations(compiled_before)
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (folder / "nl.po").open("rb") as source:
        catalogue = read_po(source, locale="nl")
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
