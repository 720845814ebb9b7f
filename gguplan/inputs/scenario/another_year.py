"""The fund of another year from one number: the rate per inhabitant, or the total, as the assembly's paper has it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gguplan.findings import Findings, Place
from gguplan.inputs.scenario.reading import ScenarioInputs, read_scenario
from gguplan.inputs.scenario.reference_dates import YEARS_OF_A_FUND
from gguplan.inputs.scenario.settings import SettingOfAnOption
from gguplan.language import _
from gguplan.money import plain_euros, plain_rate
from gguplan.wording.suggestions import names_there


def settings_for(
    scenario: str,
    year: int | None = None,
    rate: str | None = None,
    total: str | None = None,
    without_vat: bool = False,
    settings_beside: Sequence[str] = (),
) -> list[str]:
    """The settings that make a scenario that of another `year`, with another `rate` (euros per inhabitant, with VAT) or
    `total` (euros, with VAT unless `without_vat`). Its title says of which year the amounts are, where neither of these
    nor the `settings_beside` state any.

    The inhabitants of a new year are those of 1 January of the year before: the assembly decides in June of that
    year, and knows no later count. Where that count is not there yet, the latest is taken.

    Raises InputError for a number that is none or could be two, and where the scenario has more than one programme for
    it.
    """
    findings = Findings()
    if without_vat and rate is None and total is None:
        findings.add(
            Place("--without-vat"),
            _("This says of a total that it is without VAT, and none is given."),
            _("Give it with --total, or leave --without-vat out."),
        )
        findings.raise_if_any()
    if year is None and rate is None and total is None:
        return []
    base = read_scenario(scenario)
    own_budget = rate is not None or total is not None
    own_budget = own_budget or any(setting.lstrip().startswith("programmes.") for setting in settings_beside)
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
    settings = (f"year={year}", f"title={_title_in(base.scenario.title, before, year, own_budget)}")
    return [SettingOfAnOption(setting, f"--year {year}") for setting in settings]


def _title_in(title: str, before: int, year: int, own_budget: bool) -> str:
    """The title of another year, with the year of the amounts where the budget is no other; a title that says more of
    its own year keeps that then."""
    if not own_budget:
        of_the_year = title if title.count(str(before)) > 1 else title.replace(str(before), str(year))
        shown = of_the_year if str(year) in of_the_year else f"{of_the_year}, {year}"
        return _("{title} (amounts of {year})", title=shown, year=before)
    if title.count(str(before)) > 1:
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
    if rate is not None:
        return _of_the_rate(base, rate, without_vat, findings)
    return _of_the_total(base, total or "", without_vat, findings)


def _of_the_rate(base: ScenarioInputs, text: str, without_vat: bool, findings: Findings) -> list[str]:
    # Loaded when a number is typed: who asks for a bill seldom types one.
    from gguplan.inputs.scenario.out_of_proportion import rate_out_of_proportion
    from gguplan.inputs.typed_amounts import UnreadableAmount, typed_rate

    place = Place(f"--rate {text[:40]}")
    if without_vat:
        findings.add(place, _("A rate is with VAT."), _("Leave --without-vat out."))
        return []
    try:
        units = typed_rate(text)
    except UnreadableAmount as problem:
        findings.add(place, problem.what, problem.remedy)
        return []
    if units == 0:
        findings.add(
            place, _("There is nothing to pay at a rate of 0."), _("Write euros per inhabitant, such as --rate 3.45")
        )
        return []
    (programme,) = base.programmes.values()
    if too_far := rate_out_of_proportion(base, programme, units):
        findings.add(place, *too_far)
        return []
    return [SettingOfAnOption(f"programmes.{programme.name}.rate={plain_rate(units)}", f"--rate {text}")]


def _of_the_total(base: ScenarioInputs, text: str, without_vat: bool, findings: Findings) -> list[str]:
    from gguplan.inputs.scenario.out_of_proportion import total_out_of_proportion
    from gguplan.inputs.typed_amounts import UnreadableAmount, typed_euros

    place = Place(f"--total {text[:40]}")
    try:
        cents = typed_euros(text)
    except UnreadableAmount as problem:
        findings.add(place, problem.what, problem.remedy)
        return []
    (programme,) = base.programmes.values()
    if cents <= 0:
        findings.add(
            place, _("There is nothing to divide in an amount that is not above 0."), _("Write what all pay together.")
        )
        return []
    key = "net" if without_vat else "gross"
    if too_far := total_out_of_proportion(base, programme, cents, key):
        findings.add(place, *too_far)
        return []
    return [SettingOfAnOption(f"programmes.{programme.name}.{key}={plain_euros(cents)}", f"--total {text}")]
