"""The page and its parts: rendered here, with every name and text escaped; the script puts them in their places."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Sequence
from functools import cache, lru_cache, partial
from hashlib import sha256
from types import SimpleNamespace
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from msgspec import Struct
from msgspec.structs import replace

from gguplan.findings import summary
from gguplan.inputs.population.names_to_search import names_to_search
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import Language, _, current_language, plural
from gguplan.reports.page.texts import number_forms
from gguplan.reports.page.texts import texts_of_the_script as texts_of_the_search
from gguplan.runs.kept_results import KeptValues
from gguplan.wording.bodies import payer_heading, place_of
from gguplan.workbench.answers.bill import bill_shown
from gguplan.workbench.answers.effects import effects_of
from gguplan.workbench.answers.fund import totals_of, who_pays
from gguplan.workbench.answers.map import classes_of, drawing, map_of
from gguplan.workbench.answers.scenarios import scenario_lines
from gguplan.workbench.answers.summary import summary_of
from gguplan.workbench.answers.titles import title_of
from gguplan.workbench.bench import Answer, Bench
from gguplan.workbench.changes import at
from gguplan.workbench.command_line import commands_of
from gguplan.workbench.levers.from_schema import WAYS_OF_A_BUDGET, Panel, written
from gguplan.workbench.levers.lever import LeverGroup
from gguplan.workbench.levers.panel import by_path, elsewhere, panel_of
from gguplan.workbench.levers.shown_values import before_of, counted_from, now_of
from gguplan.workbench.outside import province_called
from gguplan.workbench.state import MOST_VARIANTS, address_of
from gguplan.workbench.texts import long_questions, products, texts_of_the_page, texts_of_the_script, vat_in_words

Fragments = dict[str, Markup]
"""Parts of the page by the name of their place."""

_MOST_KEPT: Final = 600

_AN_AMOUNT: Final = re.compile(r"\(?[+-]?€[  ]?[0-9](?:[0-9.,]*[0-9])?\)?[.,;]?")


class More(Struct, frozen=True):
    """What of a programme is not said of its budget, which a change of that leaves as it is; `is_moved` is whether a
    lever in it was."""

    part: Markup
    is_moved: bool


_kept: Final[KeptValues[Markup]] = KeptValues(_MOST_KEPT)
"""Levers that were rendered, by all that shows in them."""
_programmes: Final[KeptValues[More]] = KeptValues(_MOST_KEPT)
"""As `_kept`, of what of each programme is not said of its budget."""


def fragments_of(answer: Answer, bench: Bench) -> Fragments:
    """Every part of the page that a change can touch."""
    worked, bill = answer.worked, bill_shown(answer)
    return {
        **_levers(panel_of(answer, bench)),
        "notice": _rendered(
            "notice.jinja", worked=worked, by_path=by_path(worked), elsewhere=elsewhere(worked)
        ),
        "scenarios": _rendered(
            "scenarios.jinja",
            lines=scenario_lines(answer),
            paid=who_pays(answer),
            most=MOST_VARIANTS,
            own=_own(answer),
            bases=_bases(tuple(bench.bases.names), worked.variant.base),
        ),
        "summary": _rendered("summary.jinja", summary=summary_of(answer)),
        "effects": _rendered(
            "effects.jinja", effects=effects_of(answer.comparison), chosen=answer.state.municipality
        ),
        "legend": _rendered("legend.jinja", classes=classes_of(answer)),
        "commands": _rendered("commands.jinja", commands=commands_of(answer, bench.bases)),
        "fund": _rendered("fund.jinja", totals=totals_of(answer)),
        "bill": _rendered("bill.jinja", bill=bill),
        "lines": _rendered("lines.jinja", bill=bill),
    }  # fmt: skip


def _bases(names: tuple[str, ...], chosen: str) -> Markup:
    """The scenarios to start from."""
    return _kept.get((names, chosen), lambda: _rendered("bases.jinja", names=names, chosen=chosen))


def _own(answer: Answer) -> str:
    """The name of the municipality that is looked at; nothing where none is."""
    population = answer.carried[0].later
    place = population.index.get(answer.state.municipality)
    return "" if place is None else population.municipalities[place].name


def _names_to_type(answer: Answer, provinces: Sequence[str]) -> list[str]:
    """What may be typed where municipalities are named."""
    names = [municipality.name for municipality in answer.worked.result.population.municipalities]
    return [*answer.worked.inputs.scenario.groups, *map(province_called, provinces), *names]


def page_of(answer: Answer, bench: Bench, has_folder: bool) -> str:
    """The whole page; with a folder, it can be saved there."""
    fragments = fragments_of(answer, bench)
    population = answer.carried[0].later
    brief, map_now = map_in_brief(answer)
    other_language: Language = "en" if current_language() == "nl" else "nl"
    provinces = sorted({municipality.province for municipality in population.without_bodies})
    places = list(map(place_of, population.municipalities))
    shown = sorted(set(places))
    data = {
        "codes": [municipality.gm_code for municipality in population.municipalities],
        "names": [municipality.name for municipality in population.municipalities],
        "provinces": shown,
        "province": list(map(shown.index, places)),
        "other_names": names_to_search(population),
        "language": current_language(),
        "forms": number_forms(),
        "texts": {**texts_of_the_search(), **texts_of_the_script()},
        "titles": {programme.name: programme.programme.title for programme in answer.worked.result.by_programme},
        "population": population_mark(answer),
        "address": address_of(answer.state),
        "known": {**digests(fragments), "map": brief},
        "map": map_now,
        "chosen": answer.state.municipality,
    }
    return str(
        _rendered(
            "page.html.jinja",
            language=current_language(),
            title=title_of(answer),
            other=other_language,
            other_address=address_of(replace(answer.state, language=other_language)),
            fragments=fragments,
            has_folder=has_folder,
            payer=payer_heading(population),
            has_bodies=bool(population.bodies),
            questions=long_questions(),
            products=products(),
            drawing=drawing(answer),
            lever_fragments=["notice", *(name for name in fragments if name.startswith(("levers-", "more-")))],
            names=_names_to_type(answer, provinces),
            data=_json(data),
        )
    )


def refusal(heading: str, paragraphs: Sequence[str], address: str = "") -> str:
    """A page that says why there is no other."""
    return str(
        _rendered(
            "refused.html.jinja", language=current_language(), heading=heading, paragraphs=paragraphs, address=address
        )
    )


def map_in_brief(answer: Answer) -> tuple[str, dict[str, Any]]:
    """What the map consists of, in brief and in full."""
    shown = map_of(answer)
    return _digest(json.dumps(shown)), shown


def population_mark(answer: Answer) -> str:
    """Which municipalities, programmes and groups the page is about: with others it is made anew."""
    population, scenario = answer.carried[0].later, answer.worked.inputs.scenario
    names = _digest(repr((list(scenario.programmes), list(scenario.groups))))
    return f"{population.year} {len(population.municipalities)} {answer.worked.variant.base} {names}"


def digests(fragments: Fragments) -> dict[str, str]:
    """What each part consists of, in brief: the page says what it has, and gets only what is new."""
    return {name: _digest(fragment) for name, fragment in fragments.items()}


@lru_cache(maxsize=_MOST_KEPT)
def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def _levers(panel: Panel) -> Fragments:
    fragments = {"levers-year": _year(panel)}
    around = (_around(panel), current_language())
    for table in panel.tables():
        if table == "programmes":
            names = at(panel.data, ("programmes",))
            for name in names if isinstance(names, dict) else ():
                path = ("programmes", str(name))
                shown: Hashable = (path, _all_that_shows(panel, path), around)
                more = _programmes.get(
                    (path, _all_that_shows(panel, path, WAYS_OF_A_BUDGET), around),
                    partial(_more_of_programme, panel, path),
                )
                fragments[f"levers-{written(path)}"] = _kept.get(shown, partial(_programme, panel, path, more))
                fragments[f"more-{written(path)}"] = more.part
            fragments["levers-new-programme"] = _kept.get(
                ("new programme", current_language()), lambda: _rendered("new_programme.jinja", vat=vat_in_words())
            )
        else:
            shown = ((table,), _all_that_shows(panel, (table,)), around)
            fragments[f"levers-{table}"] = _kept.get(shown, partial(_table, panel, (table,)))
    return fragments


def _all_that_shows(panel: Panel, path: KeyPath, besides: Sequence[str] = ()) -> str:
    """All that shows in the levers of a table; of the keys `besides` only whether they are there."""
    start = written(path)
    texts = {name: text for name, text in panel.typed.items() if name.startswith(start)}
    wrong = {name: findings for name, findings in panel.findings.items() if name.startswith((start, "without"))}
    opened = [table for table in panel.opened if table.startswith(start)]
    now = at(panel.data, path)
    if besides and isinstance(now, dict):
        now = {key: value if key not in besides or not value else True for key, value in now.items() if key != "source"}
        texts = {name: text for name, text in texts.items() if name not in {f"{start}.{key}" for key in now}}
    return repr((now, at(panel.before, path), texts, wrong, opened))


def _around(panel: Panel) -> str:
    """What shows in the levers of other tables as well: titles of programmes, years, and which are left out."""
    titles = sorted((name, str(at(table, ("title",)))) for name, table in panel.data["programmes"].items())
    years = (panel.data.get("year"), at(panel.data, ("horizon", "first")), at(panel.data, ("horizon", "last")))
    return repr((titles, years, panel.data.get("without"), panel.before.get("without")))


def _year(panel: Panel) -> Markup:
    group = LeverGroup("year", _("Year and date"), "", panel.year_and_dates())
    key = (group.levers, current_language())
    return _kept.get(key, lambda: _rendered("table.jinja", group=group))


def _table(panel: Panel, path: KeyPath) -> Markup:
    return _rendered("table.jinja", group=panel.group(path))


def _programme(panel: Panel, path: KeyPath, more: More) -> Markup:
    """A programme with its switch and the levers that say how much; what stands folded below it is another part."""
    main = panel.amounts(path)
    return _rendered(
        "programme.jinja",
        switch=panel.in_or_out(str(path[-1])),
        main=main,
        is_new=path in panel.new,
        changed=more.is_moved or path in panel.new or any(lever.changed for lever in main),
    )


def _more_of_programme(panel: Panel, path: KeyPath) -> More:
    main = {lever.key for lever in panel.amounts(path)}
    group = panel.group(path)
    rest = replace(group, levers=tuple(lever for lever in group.levers if lever.key not in main), is_new=False)
    part = _rendered(
        "more.jinja", group=rest, title=panel.in_or_out(str(path[-1])).label, is_open=bool(rest.changed or rest.wrong)
    )
    return More(part, bool(rest.changed))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("gguplan.workbench", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["whole"] = _with_whole_amounts
    environment.globals.update(
        before_of=before_of,
        counted_from=counted_from,
        now_of=now_of,
        changes_in_words=lambda count: plural("{count} change", "{count} changes", count),
        mistakes_in_words=summary,
        without_in_words=lambda count: plural(
            "The figures are without {count} change.", "The figures are without {count} changes.", count
        ),
        inhabitants_in_words=lambda count: _("{count} inhabitants", count=count),
    )
    return environment


def _with_whole_amounts(text: str) -> Markup:
    """A sentence in which no line ends within an amount, nor between it and its sign."""
    return Markup(_AN_AMOUNT.sub(lambda match: f'<span class="whole">{match[0]}</span>', str(escape(text))))


def _rendered(template: str, **values: Any) -> Markup:
    return Markup(_environment().get_template(template).render(t=_texts(current_language()), **values))


@cache
def _texts(_language: Language) -> SimpleNamespace:
    return SimpleNamespace(**texts_of_the_page())


def _json(value: Any) -> Markup:
    """JSON that cannot end the element it stands in, whatever a name or title holds."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)
