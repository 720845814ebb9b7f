"""The fund of another year from one number: the rate per inhabitant, or the total, as the assembly's paper has it."""

from __future__ import annotations

import re

from gguplan.findings import Findings, Place
from gguplan.inputs.scenario.reading import ScenarioInputs, read_scenario
from gguplan.inputs.scenario.reference_dates import YEARS_OF_A_FUND
from gguplan.language import _, current_language
from gguplan.money import LARGEST_RATE, RATE_UNITS, plain_euros
from gguplan.wording.amounts import format_euros, format_number
from gguplan.wording.suggestions import names_there


def settings_for(
    scenario: str, year: int | None = None, rate: str | None = None, total: str | None = None, without_vat: bool = False
) -> list[str]:
    """The settings that make a scenario that of another `year`, with another `rate` (euros per inhabitant, with VAT) or
    `total` (euros, with VAT unless `without_vat`).

    The inhabitants of a new year are those of 1 January of the year before: the assembly decides in June of that
    year, and knows no later count. Where that count is not there yet, the latest is taken.

    Raises InputError for a number that is none or could be two, and where the scenario has more than one programme for
    it.
    """
    findings = Findings()
    if year is None and rate is None and total is None:
        if without_vat:
            findings.add(
                Place("--without-vat"),
                _("This says of a total that it is without VAT, and none is given."),
                _("Give it with --total, or leave --without-vat out."),
            )
        findings.raise_if_any()
        return []
    base = read_scenario(scenario)
    own_budget = rate is not None or total is not None
    settings = [] if year is None else _of_the_year(base, year, own_budget, findings)
    settings += _of_the_budget(base, rate, total, without_vat, findings)
    findings.raise_if_any()
    return settings


def _of_the_year(base: ScenarioInputs, year: int, own_budget: bool, findings: Findings) -> list[str]:
    if year not in YEARS_OF_A_FUND:
        findings.add(
            Place(f"--year {year}"),
            _("{year} is not a year of a fund.", year=year),
            _("Write the year that is paid for, such as 2027."),
        )
        return []
    before = base.scenario.year
    if year == before:
        return []
    # The reference date follows the year (`reference_dates.follow_the_year`).
    return [f"year={year}", f"title={_title_in(base.scenario.title, before, year, own_budget)}"]


def _title_in(title: str, before: int, year: int, own_budget: bool) -> str:
    """The title of another year: a title that says more of its own year keeps that, unless the budget is another."""
    if title.count(str(before)) > 1:
        if not own_budget:
            return f"{title} ({year})"
        title = re.split("[,:(]", title)[0].strip()
    return title.replace(str(before), str(year)) if str(before) in title else f"{title} ({year})"


def _of_the_budget(
    base: ScenarioInputs, rate: str | None, total: str | None, without_vat: bool, findings: Findings
) -> list[str]:
    stated = [(option, text) for option, text in (("--rate", rate), ("--total", total)) if text is not None]
    if not stated:
        return []
    if len(stated) > 1:
        findings.add(
            Place("--rate --total"),
            _("A rate and a total say the same thing."),
            _("Keep one of the two."),
        )
        return []
    if len(base.programmes) != 1:
        names = names_there(base.programmes)
        findings.add(
            Place(stated[0][0]),
            _("{title} has {count} programmes.", title=base.scenario.title, count=len(base.programmes)),
            _("Say of which with --set programmes.NAME.gross=…: {names}.", names=names),
        )
        return []
    from gguplan.inputs.tables.amounts import Mark, read_amounts, read_numbers

    (programme,) = base.programmes
    usual: Mark = "," if current_language() == "nl" else "."
    if rate is not None:
        value = read_numbers([rate.replace("€", "")], usual=usual).values[0]
        units = None if value is None else value * RATE_UNITS
        if units is None or units.denominator != 1 or not 0 < units <= LARGEST_RATE or without_vat:
            what = (
                _("A rate is with VAT.")
                if without_vat
                else _("{text!r} is not a rate in euros per inhabitant.", text=rate[:40])
            )
            findings.add(Place(f"--rate {rate[:40]}"), what, _("Write for example: --rate 3.45"))
            return []
        whole, rest = divmod(int(units), RATE_UNITS)
        return [f"programmes.{programme}.rate={whole}.{rest:04}"]
    column = read_amounts([total or ""], usual=usual)
    cents = column.cents[0]
    if cents is None or cents <= 0:
        doubt = column.doubts[0].reason if column.doubts else "no_amount"
        what = (
            _("{text!r} can be read in two ways.", text=(total or "")[:40])
            if doubt == "in_doubt"
            else _("{text!r} is not an amount.", text=(total or "")[:40])
        )
        findings.add(Place(f"--total {(total or '')[:40]}"), what, _("Write for example: --total 61000000.00"))
        return []
    if cents < base.population.total:
        findings.add(
            Place(f"--total {(total or '')[:40]}"),
            _(
                "This is {amount}: less than a cent for each of {inhabitants} inhabitants.",
                amount=format_euros(cents),
                inhabitants=format_number(base.population.total),
            ),
            _(
                "Write millions as --total '{number} mln', thousands as --total '{number} thousand'; when it is so "
                "little: --set programmes.{programme}.gross={amount}",
                number="".join(character for character in (total or "")[:20] if character in "0123456789.,"),
                programme=programme,
                amount=plain_euros(cents),
            ),
        )
        return []
    return [f"programmes.{programme}.{'net' if without_vat else 'gross'}={plain_euros(cents)}"]
