"""The reconciliation on the terminal: every check with both numbers, contradictions explained, and what was
tried for the figures that are a rate times inhabitants."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Final, assert_never

from gguplan.fund.relations import Count, Figure, Part, Relation
from gguplan.language import _, current_language, plural
from gguplan.model.reconciliation.checks import Check, Outcome, Reconciliation
from gguplan.model.reconciliation.competing import Tried
from gguplan.reports.terminal.console import console, table
from gguplan.wording.amounts import format_number
from gguplan.wording.ledger import in_language
from gguplan.wording.population import status_in_words
from gguplan.wording.relations import group_in_words, known_in_words, statement_in_words

CLOSEST: Final = 6
"""How many of the closest readings of a figure are shown."""


def print_reconciliation(result: Reconciliation, only: Outcome | None) -> None:
    """Print the checks by document and chapter, of one outcome or of all; then, when all are asked for, what
    was tried for the refunds; and last the counts."""
    out = console()
    shown = [check for check in result.checks if only in (None, check.outcome)]
    if shown:
        out.print(
            _(
                "Amounts in euros, volumes in units; the difference is computed less printed. Sums stand in the "
                "figures of the reports."
            ),
            soft_wrap=True,
        )
        out.print()
    for (document, chapter), group in groupby(shown, key=lambda check: (check.relation.document, check.chapter)):
        out.print(_("{document}, chapter {chapter}", document=document, chapter=chapter), style="bold")
        headings = [_("outcome"), _("relation"), _("computed"), _("printed"), _("difference")]
        out.print(table(headings, map(_row, group), words=2))
        out.print()
    contradictions = [check for check in shown if check.outcome == "contradicts"]
    if contradictions:
        out.print(_("Contradictions"), style="bold")
        for contradiction in contradictions:
            why = known_in_words(contradiction.relation) or _("NEW: nothing explains it")
            out.print(f"{contradiction.relation.name}: {why}", soft_wrap=True)
        out.print()
    if only is None:
        for tried in result.tried:
            _print_tried(tried)
    for line in summary(result):
        out.print(line, soft_wrap=True)


def summary(result: Reconciliation) -> list[str]:
    """The counts, what is new, and which explanations explain nothing any more."""
    counts = result.counts
    lines = [
        _(
            "{relations} relations: {holds} hold, {within} hold within rounding, {contradict} contradict",
            relations=len(result.checks),
            holds=counts["holds"],
            within=counts["within_rounding"],
            contradict=counts["contradicts"],
        ),
        plural(
            "{count} contradiction is new: {names}",
            "{count} contradictions are new: {names}",
            len(result.new),
            names=", ".join(check.relation.name for check in result.new),
        )
        if result.new
        else _("Every contradiction is known and explained."),
    ]
    if result.resolved:
        lines.append(
            _(
                "Known, but no longer a contradiction: {names}. Take them out of relations.toml.",
                names=", ".join(result.resolved),
            )
        )
    return lines


def outcome_in_words(outcome: Outcome) -> str:
    """What came out of a check, in one or two words."""
    return {
        "holds": _("holds"),
        "within_rounding": _("rounding"),
        "contradicts": _("contradicts"),
    }[outcome]


def formula(check: Check) -> str:
    """The sum in the figures as printed: ``220 − 228``; thousands are named where another unit is beside."""
    relation = check.relation
    parts = [*relation.parts, *relation.of, *([Part(relation.total)] if relation.total else [])]
    named = len({part.reading.unit for part in parts}) > 1 or relation.per_head is not None
    terms = _terms(relation.parts, named)
    if relation.per_head is not None:
        head = relation.per_head
        product = f"€ 0,{head.rate.printed} × {_dutch(head.inhabitants)}"
        terms = f"{terms} + {product}" if terms else product
    if relation.of:
        top = f"({terms})" if len(relation.parts) > 1 else terms
        return f"{top} ÷ {_terms(relation.of, named)}"
    if relation.total is None or relation.per_head is not None:
        return terms
    if not relation.parts:
        counted = relation.counted
        return "" if counted is None else _("CBS, 1 January {year}: {count}", year=counted.year, count=counted.count)
    only, total = relation.parts[0].reading, relation.total
    if sign := _compared_by(relation):
        terms += f" {sign} {_terms([Part(total)], named)}"
    if len(relation.parts) > 1:
        return terms
    if (only.document, only.section, only.place) != (total.document, total.section, total.place):
        document = "" if only.document == total.document else f"{only.document}, "
        terms += f" ({document}{_where(only.section, only.place)})"
    return terms


def _compared_by(relation: Relation) -> str:
    """The sign between the sum of a relation and its total, where they need not be equal."""
    match relation.kind:
        case "ceiling" | "part_of":
            return "≤"
        case "rise":
            return "<"
        case "vat" | "sum" | "difference" | "balance" | "same_figure" | "percentage" | "inhabitants" | "municipalities":
            return ""
        case _:
            assert_never(relation.kind)


def place(check: Check) -> str:
    """Where it stands in the chapter: the number of the section or the summary, and the kind of place."""
    total = check.relation.total
    return _where(check.relation.section, "" if total is None or _total_is_elsewhere(check) else total.place)


def _total_is_elsewhere(check: Check) -> bool:
    """Whether the printed figure stands in another section than the one that says how it comes about."""
    total, relation = check.relation.total, check.relation
    return total is not None and (total.document, total.section) != (relation.document, relation.section)


def _where(section: str, kind: str) -> str:
    number = section.split(" ")[0]
    heading = f"§ {number}" if number[0].isdigit() else _("summary")
    words = {"table": _("table"), "text": _("text")}.get(kind, "")
    return ", ".join(filter(None, [heading, words]))


def _row(check: Check) -> list[str]:
    relation = check.relation
    about = "" if relation.by_rule else f", {_programme(relation)}"
    words = f"{statement_in_words(relation.statement)}\n{place(check)}{about}: {formula(check)}"
    if relation.total is not None and _total_is_elsewhere(check):
        total = relation.total
        words += f"; {_('printed')}: {_bare(total)} ({total.document}, {_where(total.section, total.place)})"
    figures = [check.computed, check.printed, check.difference]
    return [outcome_in_words(check.outcome), words, *(_figure(figure, check) for figure in figures)]


def _programme(relation: Relation) -> str:
    return (relation.total or relation.parts[0].reading).programme


def _figure(hundredths: int, check: Check) -> str:
    """An amount without cents where there are none, or a percentage with at most two decimals."""
    whole, rest = divmod(abs(hundredths), 100)
    number = format_number(Decimal(whole) if not rest else Decimal(abs(hundredths)).scaleb(-2))
    sign = "−" if hundredths < 0 else ""
    percent = " %" if check.relation.measure == "percent" else ""
    return f"{sign}{number}{percent}"


def _terms(parts: Iterable[Part], named: bool) -> str:
    text = ""
    for part in parts:
        printed = _bare(part.reading)
        if named:
            printed += _multiple(part.reading)
        if part.factor != 1:
            numerator, denominator = part.factor.as_integer_ratio()
            printed += (
                f" × {_dutch(_decimal(numerator, denominator))}"
                if part.factor > 1
                else (f" ÷ {_dutch(_decimal(denominator, numerator))}")
            )
        sign = "−" if part.minus else "+"
        if text and printed.startswith("-"):
            printed = f"({printed})"
        text += f" {sign} {printed}" if text else (f"−{printed}" if part.minus else printed)
    return text


def _multiple(figure: Figure) -> str:
    """What a figure is printed in, where it stands beside one in another unit."""
    if "miljoen" in figure.printed:
        return ""
    match figure.unit:
        case "thousand_euro":
            return " (× 1.000)"
        case "million" | "million_euro":
            return " (× 1.000.000)"
        case "billion_euro":
            return " (× 1.000.000.000)"
        case "euro" | "eurocent" | "eurocent_per_inhabitant" | "one" | "percent":
            return ""
        case _:
            assert_never(figure.unit)


def _bare(figure: Figure) -> str:
    return figure.printed.replace("€", "").strip()


def _decimal(numerator: int, denominator: int) -> Decimal:
    return Decimal(numerator) / Decimal(denominator)


def _dutch(number: int | Decimal) -> str:
    """A number as the reports write it, in whatever language it is read."""
    from babel.numbers import format_decimal

    return str(format_decimal(number, locale="nl", decimal_quantization=False))


def _print_tried(tried: Tried) -> None:
    """Print the closest readings of one figure, and how many there were."""
    out = console()
    out.print(_("Competing readings: {title}", title=in_language(tried.figure.title)), style="bold", soft_wrap=True)
    out.print(
        _(
            "Sought: {target} euros. {count} readings tried, {near} come within 1 %: that one is near proves little.",
            target=_euros(tried.target),
            count=len(tried.attempts),
            near=tried.within(1),
        ),
        soft_wrap=True,
    )
    rows = [
        [
            f"{in_language(attempt.rate)}; {group_in_words(attempt.count.group)}; {_day(attempt.count)}",
            format_number(attempt.count.inhabitants),
            _euros(attempt.computed),
            _euros(attempt.difference),
            _percent(attempt.percent),
        ]
        for attempt in tried.attempts[:CLOSEST]
    ]
    headings = [_("rate; municipalities; reference date"), _("inhabitants"), _("computed"), _("difference"), "%"]
    out.print(table(headings, rows))
    out.print()


def _day(count: Count) -> str:
    match count.status:
        case "final":
            return _("1 January {year}", year=count.year)
        case "provisional" | "worked_back" | "projected":
            return _("1 January {year} ({status})", year=count.year, status=status_in_words(count.status))
        case _:
            assert_never(count.status)


def _euros(cents: int) -> str:
    sign = "−" if cents < 0 else ""
    return sign + format_number(Decimal(abs(cents)) / 100)


def _percent(percent: float) -> str:
    from babel.numbers import format_decimal

    pattern = "0.0000;−0.0000"
    return str(format_decimal(Decimal(f"{percent:.4f}"), pattern, locale=current_language()))
