"""The bill of one municipality, programme by programme, with the sum behind it where that is asked for."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from gguplan.fund.bodies import Body
from gguplan.fund.steps.step import Step
from gguplan.model.bill import Bill, bill_of
from gguplan.model.explanation.tree import explain
from gguplan.model.result import RunResult
from gguplan.runs.kept_results import KeptValues
from gguplan.wording.amounts import format_euros, per_inhabitant
from gguplan.wording.bills import programme_on_a_bill
from gguplan.wording.bodies import inhabitants_of, kind_in_words
from gguplan.wording.steps.step import line_in_words
from gguplan.workbench.answers.written import difference
from gguplan.workbench.bench import Answer, Worked

_bills: Final[KeptValues[Bill]] = KeptValues(16)
"""Bills that were asked for, such as that of the baseline at every change."""


class WrittenStep(Struct, frozen=True):
    """A step of a sum in words, with those behind it."""

    words: str
    behind: tuple[WrittenStep, ...]


class BillRow(Struct, frozen=True):
    """A programme on the bill; `steps` where its sum is open."""

    programme: str
    title: str
    to_pay: str
    rate: str
    change: str
    steps: tuple[WrittenStep, ...] | None


class ShownBill(Struct, frozen=True):
    """A bill with everything written."""

    code: str
    name: str
    place: str
    inhabitants: str
    to_pay: str
    rate: str
    vat: str
    before: str
    change: str
    rows: tuple[BillRow, ...]
    is_body: bool


def bill_shown(answer: Answer) -> ShownBill | None:
    """The bill of the municipality that is looked at; None where none is, or it is not there."""
    code, result = answer.state.municipality, answer.worked.result
    bill, before = _bill(answer.worked, code), _bill(answer.baseline, code)
    if bill is None:
        return None
    municipality = bill.municipality
    return ShownBill(
        code,
        municipality.name,
        kind_in_words(municipality.kind) if isinstance(municipality, Body) else municipality.province,
        inhabitants_of(municipality),
        format_euros(bill.to_pay),
        per_inhabitant(bill.per_inhabitant(bill.to_pay)),
        format_euros(bill.vat),
        "" if before is None else format_euros(before.to_pay),
        "" if before is None else difference(bill.to_pay - before.to_pay),
        tuple(_rows(answer, result, bill, before)),
        municipality.is_body,
    )


def _bill(worked: Worked, code: str) -> Bill | None:
    if code not in worked.result.population.index:
        return None
    return _bills.get((worked, code), lambda: bill_of(worked.result, code))


def _rows(answer: Answer, result: RunResult, bill: Bill, before: Bill | None) -> list[BillRow]:
    paid = {} if before is None else {line.programme: line.to_pay for line in before.lines}
    rows = [
        BillRow(
            line.programme,
            programme_on_a_bill(line.title, line.days_outside, line.days, line.lapsed),
            format_euros(line.to_pay),
            per_inhabitant(bill.per_inhabitant(line.to_pay)),
            "" if before is None else difference(line.to_pay - paid.pop(line.programme, 0)),
            _sum(result, bill, line.programme) if line.programme in answer.state.sums else None,
        )
        for line in bill.lines
    ]
    titles = {line.programme: line.title for line in before.lines} if before is not None else {}
    rows += [BillRow("", titles[name], "–", "–", difference(-cents), None) for name, cents in paid.items()]
    return rows


def _sum(result: RunResult, bill: Bill, programme: str) -> tuple[WrittenStep, ...]:
    return tuple(map(_written, explain(result, bill.municipality.gm_code, programme).behind))


def _written(step: Step) -> WrittenStep:
    return WrittenStep(line_in_words(step.line), tuple(map(_written, step.behind)))
