"""The page itself: one HTML file that fetches nothing and runs nothing but its own script."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from itertools import zip_longest
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from gguplan.findings import Finding, InputError, Place
from gguplan.fund.boundaries import Boundaries
from gguplan.fund.municipality_names import OtherName, name_key
from gguplan.language import Language, _, current_language, plural, written_in
from gguplan.model.carried_bills import CarriedBills
from gguplan.reports.page.figures import classes_of, figures_of
from gguplan.reports.page.map_outlines import drawing_of
from gguplan.reports.page.pictures import changes
from gguplan.reports.page.static_content import about, counted_on, rows_of
from gguplan.reports.page.texts import (
    made_with,
    number_forms,
    texts_of_the_fund,
    texts_of_the_page,
    texts_of_the_script,
    texts_of_the_sum,
)
from gguplan.reports.terminal.comparison import merged_in_words
from gguplan.wording.amounts import format_number
from gguplan.wording.bodies import bodies_not_drawn

if TYPE_CHECKING:
    from gguplan.model.years_ahead.result import Horizon

LARGEST_PAGE: Final = 3_000_000
"""Bytes: what a telephone still opens."""

_SCRIPTS: Final = (
    "start",
    "numbers",
    "choice",
    "sum",
    "bill",
    "search",
    "standing",
    "map",
    "table",
    "download",
    "show",
)


def render(
    results: Sequence[CarriedBills],
    boundaries: Boundaries,
    other_names: Sequence[OtherName],
    language: Language,
    horizons: Sequence[Horizon | None] = (),
) -> bytes:
    """The page of one or more results over the same municipalities; the first is what the others are held beside.

    `boundaries` are the areas of these municipalities, `other_names` those under which somebody may look for them;
    `horizons` the years ahead of each result, None of one without.

    The same results give the same bytes. Raises InputError when the page would be larger than `LARGEST_PAGE`.
    """
    with written_in(language):
        page = _page(results, boundaries, other_names, horizons)
    if len(page) > LARGEST_PAGE:
        size, limit = (format_number(round(count / 1_000_000, 1)) for count in (len(page), LARGEST_PAGE))  # type: ignore[arg-type]
        raise InputError(
            [
                Finding(
                    Place(plural("page of {count} scenario", "page of {count} scenarios", len(results))),
                    _("The page would be {size} MB, and {limit} MB is the most.", size=size, limit=limit),
                    _("Name fewer scenarios, or scenarios that have more in common."),
                )
            ]
        )
    return page


@cache
def _template() -> Template:
    return Environment(
        loader=PackageLoader("gguplan.reports.page", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    ).get_template("page.html.jinja")


def _page(
    results: Sequence[CarriedBills],
    boundaries: Boundaries,
    other_names: Sequence[OtherName],
    horizons: Sequence[Horizon | None],
) -> bytes:
    population = results[0].later
    drawing = drawing_of(boundaries, population)
    classes = classes_of(results)
    style, script = _source("page.css"), "".join(_source(f"script/{name}.js") for name in _SCRIPTS)
    script = f"(function () {{\n'use strict';\n{script}}}());\n"
    rows, total = rows_of(results)
    data = {
        **figures_of(results, other_names, horizons),
        "counted_on": [counted_on(result.result) for result in results],
        "classes": [
            {
                "title": legend.title,
                "labels": legend.labels,
                "styles": legend.styles,
                "counts": legend.counts,
                "place": legend.place.tolist(),
            }
            for legend in classes
        ],
        "forms": number_forms(),
        "sum_texts": texts_of_the_sum(),
        "texts": texts_of_the_script() | texts_of_the_fund(population),
        "language": current_language(),
    }
    text = _template().render(
        language=current_language(),
        t=SimpleNamespace(**texts_of_the_page() | texts_of_the_fund(population)),
        titles=[result.title for result in results],
        has_years=any(horizon is not None for horizon in horizons),
        about=[
            about(result.result, horizon)
            for result, horizon in zip_longest(results, horizons, fillvalue=None)
            if result is not None
        ],
        merged=merged_in_words(population.year) if any(result.over_mergers for result in results) else "",
        rows=sorted(rows, key=lambda row: _by_name(row.name)),
        total=total,
        drawing=drawing,
        not_drawn=bodies_not_drawn(population),
        changes=changes(results),
        classes=classes[0],
        made_with=made_with(version("gguplan"), population),
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        data=_json(data),
    )
    return text.encode()


def _source(name: str) -> str:
    return (files("gguplan.reports.page") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def _json(value: Any) -> Markup:
    """JSON that cannot end the element it stands in, whatever a name or title holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)


def _by_name(name: str) -> tuple[str, str]:
    return name_key(name), name
