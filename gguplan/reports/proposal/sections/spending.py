"""What will probably not be spent, and what is proposed to happen with it."""

from __future__ import annotations

from gguplan.fund.underspend import ShortfallRule
from gguplan.language import _
from gguplan.model.spending import CHANCES, Spending
from gguplan.reports.beside_a_forecast import beside_a_forecast, of_another_fund
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Part, Table, ToFillIn, see
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.pictures import picture_of_spending, picture_of_what_is_left
from gguplan.reports.proposal.sentences.spending import certainty, in_short, made_good, settlement, unit_of
from gguplan.reports.rounded_forecast import budgets_by_rule, expected_by_rule
from gguplan.reports.terminal.forecast import basis_in_words
from gguplan.wording.amounts import format_about
from gguplan.wording.assembly import assembly
from gguplan.wording.rounded_amounts import about, formatted_to
from gguplan.wording.underspend import rule_in_words

_LOW, _HIGH = 0.1, 0.9


def spending(material: Material) -> list[Part]:
    """The forecast, and the settlement of the underspend by the rule of each programme."""
    spent = material.spending
    if spent is None:
        heading = Heading(2, _("Expected underspend and its settlement"))
        return [heading, Paragraph(_("Nothing can be spent, so nothing is forecast."))]
    heading = Heading(2, _heading(spent))
    unit = unit_of(spent)
    by_rule = spent.underspend_by_rule
    titles = {
        rule: [programme.title for programme in spent.programmes if programme.underspend == rule] for rule in by_rule
    }
    expected = dict(zip(by_rule, expected_by_rule(spent, unit), strict=True))
    with_income = {
        programme.underspend for programme in spent.programmes if programme.income and programme.realised is None
    }
    several, decides = len(spent.programmes) > 1, assembly(material.result.population)
    shown = [
        _("{table} and {figure} show each programme.", table=see("spending"), figure=see("spending-chart"))
        if several
        else _("{table} has the amounts.", table=see("spending"))
    ]
    if several and not spent.known:
        shown.append(_("The ends of the intervals do not add up: not every programme is at its end at once."))
    return [
        heading,
        Paragraph(
            " ".join(
                [
                    in_short(spent),
                    *of_another_fund(spent, material.result.population),
                    *([] if spent.known else [certainty(spent.underspend, unit)]),
                    *beside_a_forecast(spent, unit),
                ]
            )
        ),
        Paragraph(" ".join(shown)),
        _programmes(spent, material.year, unit),
        *([picture_of_spending(spent, _picture_of_spending(spent))] if several else []),
        Heading(3, _("Proposed settlement")),
        Items(
            tuple(
                settlement(rule, titles[rule], left, unit, decides, spent.known, rule in with_income)
                for rule, left in expected.items()
            )
        ),
        *([ToFillIn(_("what happens to money that is not spent"))] if None in by_rule else []),
        *(Paragraph(sentence) for sentence in made_good(shortfalls_of(material), decides)),
        _rules(spent, unit),
        *([picture_of_what_is_left(spent, _picture_of_rest(spent))] if len(by_rule) > 1 else []),
    ]


def _comes_short(spent: Spending) -> bool:
    return about(spent.underspend.expected, unit_of(spent)) < 0


def _heading(spent: Spending) -> str:
    if spent.known:
        return _("Shortfall and its settlement") if _comes_short(spent) else _("Underspend and its settlement")
    if _comes_short(spent):
        return _("Expected shortfall and its settlement")
    return _("Expected underspend and its settlement")


def _picture_of_spending(spent: Spending) -> str:
    return _("What was spent of each programme") if spent.known else _("What will be spent of each programme")


def _picture_of_rest(spent: Spending) -> str:
    if _comes_short(spent):
        return _("What comes short or is left over, by settlement")
    return _("What is left over, by settlement") if spent.known else _("What will be left over, by settlement")


def shortfalls_of(material: Material) -> dict[ShortfallRule | None, list[str]]:
    """The rules for what is spent beyond a budget, with the titles of the programmes that are settled together with
    others and expected, together, to spend more than their budgets."""
    spent, rules = material.spending, dict[ShortfallRule | None, list[str]]()
    if spent is None:
        return rules
    expected = dict(zip(spent.underspend_by_rule, expected_by_rule(spent, unit_of(spent)), strict=True))
    for programme in spent.programmes:
        if expected[programme.underspend] < 0:
            rules.setdefault(material.shortfall_rule(programme.name), []).append(programme.title)
    return rules


def _programmes(spent: Spending, year: int, unit: int) -> Table:
    low, high = CHANCES.index(_LOW), CHANCES.index(_HIGH)
    budget, expected = spent.underspend.budget, spent.expected_total
    budgets = formatted_to(spent.budgets.tolist(), budget, unit)
    spendings = formatted_to(spent.expected.tolist(), expected, unit)
    rows: list[tuple[str, ...]] = [
        (
            programme.title,
            basis_in_words(basis),
            net,
            mean,
            format_about(quantiles[low], unit),
            format_about(quantiles[high], unit),
        )
        for programme, basis, net, mean, quantiles in zip(
            spent.programmes, spent.basis, budgets, spendings, spent.quantiles.tolist(), strict=True
        )
    ]
    totals = (format_about(cents, unit) for cents in (budget, expected, *spent.total_quantiles[[low, high]].tolist()))
    rows.append((_("Total"), "", *totals))
    if spent.known:
        return Table(
            "spending",
            _("What was spent in {year}, without VAT", year=year),
            (_("Programme"), _("rests on"), _("net budget"), _("spent")),
            tuple(row[:4] for row in rows),
            (46, 18, 18, 18),
            words=2,
            total=True,
        )
    headings = (_("Programme"), _("rests on"), _("net budget"), _("expected"), _("80 % between"), _("and"))
    caption = _("What will be spent in {year}, without VAT", year=year)
    return Table("spending", caption, headings, tuple(rows), (30, 12, 15, 15, 14, 14), words=2, total=True)


def _rules(spent: Spending, unit: int) -> Table:
    by_rule, together = spent.underspend_by_rule, spent.underspend
    budgets = budgets_by_rule(spent, unit)
    rows = [
        (
            _("{rule}; comes short", rule=rule_in_words(rule)) if left < 0 else rule_in_words(rule),
            net,
            format_about(left, unit),
            *(format_about(cents, unit) for cents in underspend.between()),
        )
        for (rule, underspend), net, left in zip(by_rule.items(), budgets, expected_by_rule(spent, unit), strict=True)
    ]
    totals = (together.budget, together.expected, *together.between())
    rows.append((_("Total"), *(format_about(cents, unit) for cents in totals)))
    caption = (
        _("Left over by settlement, negative where it comes short, without VAT")
        if _comes_short(spent)
        else _("Underspend by settlement, without VAT")
        if spent.known
        else _("Expected underspend by settlement, without VAT")
    )
    if spent.known:
        certain = (_("Underspend"), _("net budget"), _("left over"))
        return Table("rules", caption, certain, tuple(row[:3] for row in rows), (60, 20, 20), total=True)
    headings = (_("Underspend"), _("net budget"), _("expected"), _("80 % between"), _("and"))
    return Table("rules", caption, headings, tuple(rows), (36, 16, 16, 16, 16), total=True)
