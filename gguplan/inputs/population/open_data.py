"""What the open data service of CBS answers: one thing, or a list of rows, page after page.

The service speaks OData 4: a list is ``{"value": [...]}``, with ``@odata.nextLink`` where more follows (CBS breaks off
after 100,000 cells); one thing is an object by itself.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from gguplan.language import _
from gguplan.wording.amounts import format_number

SERVICE: Final = "https://datasets.cbs.nl/odata/v1/CBS"
"""Where CBS serves the tables of StatLine; the name of a table comes behind it."""

LARGEST_ANSWER: Final = 30_000_000
"""Bytes of one page; the largest that is asked here is a thousandth of it."""

MOST_PAGES: Final = 100
SECONDS_OF_SILENCE: Final = 30
SECONDS_FOR_A_PAGE: Final = 120

Row = dict[str, Any]


class NoAnswerError(Exception):
    """The service gave no answer that can be used: `url` is what was asked, `what` says in words what came of it."""

    def __init__(self, url: str, what: str) -> None:
        super().__init__(f"{url}: {what}")
        self.url = url
        self.what = what


def object_at(url: str) -> Row:
    """The one thing that stands at an address. Raises `NoAnswerError`."""
    content = _content(url)
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        raise NoAnswerError(url, _("The answer is no JSON, but perhaps a page of a network in between.")) from None
    if not isinstance(answer, dict):
        raise NoAnswerError(url, _("The answer has another form than CBS documents."))
    return answer


def rows_at(url: str, condition: str = "", fields: tuple[str, ...] = ()) -> list[Row]:
    """The rows of a list that meet a condition in the words of OData (all where it is empty), with those fields of it.

    Raises `NoAnswerError`, also when pages follow one another without end.
    """
    parts = {"$filter": condition, "$select": ",".join(fields)}
    # The dollar stays as it is: that is how CBS documents it.
    query = "&".join(f"{key}={quote(value, safe=',')}" for key, value in parts.items() if value)
    return [row for page in _pages(f"{url}?{query}" if query else url) for row in page]


def _pages(url: str) -> Iterator[list[Row]]:
    following: object = url
    for _page in range(MOST_PAGES):
        assert isinstance(following, str)
        answer = object_at(following)
        rows = answer.get("value")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise NoAnswerError(following, _("The answer has another form than CBS documents."))
        yield rows
        following = answer.get("@odata.nextLink")
        if following is None:
            return
        if not isinstance(following, str):
            break
    raise NoAnswerError(url, _("The answer goes on and on: more than {count} pages.", count=MOST_PAGES))


def _content(url: str) -> bytes:
    """What stands at an address of the web. Raises `NoAnswerError`."""
    if not _is_of_the_web(url):
        raise NoAnswerError(url, _("This is no address of the web: it begins with https:// or http://."))
    until = time.monotonic() + SECONDS_FOR_A_PAGE
    content = bytearray()
    try:
        request = Request(url, headers={"Accept": "application/json", "User-Agent": "gguplan"})
        with urlopen(request, timeout=SECONDS_OF_SILENCE) as answer:
            while piece := answer.read(65_536):
                content += piece
                if len(content) > LARGEST_ANSWER:
                    size = format_number(LARGEST_ANSWER)
                    raise NoAnswerError(url, _("The answer is larger than {size} bytes.", size=size))
                if time.monotonic() > until:
                    raise TimeoutError
    except HTTPError as problem:
        problem.close()
        raise NoAnswerError(url, _("The service answers with the error {code}.", code=problem.code)) from None
    except TimeoutError:
        raise NoAnswerError(url, _("No answer came in time.")) from None
    except URLError as problem:
        if isinstance(problem.reason, TimeoutError):
            raise NoAnswerError(url, _("No answer came in time.")) from None
        reason = getattr(problem.reason, "strerror", None) or problem.reason
        raise NoAnswerError(url, _("The service cannot be reached: {reason}.", reason=reason)) from None
    except (OSError, ValueError) as problem:  # a line that broke off, and an address that no host can have
        raise NoAnswerError(url, _("The service cannot be reached: {reason}.", reason=problem)) from None
    return bytes(content)


def _is_of_the_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and url.isprintable() and " " not in url
    except ValueError:
        return False
