"""What a later municipality has of the bills of those that it came from, as lines of a sum."""

from __future__ import annotations

from gguplan.fund.steps.bill import PredecessorBill
from gguplan.fund.steps.step import Step
from gguplan.model.carried_bills import CarriedBills, CarriedProgramme
from gguplan.model.explanation.tree import steps_of_a_bill


def predecessor_steps(bills: CarriedBills, programme: CarriedProgramme, position: int) -> list[Step]:
    """A line for each municipality that the one at `position` came from, with the whole sum behind it, down to the last
    cent."""
    succession, billed = bills.succession, programme.billed
    steps = []
    for earlier in succession.from_whom(position):
        part = succession.part_of(earlier, position, int(billed.participation.contributions[earlier]))
        part -= succession.part_of(earlier, position, int(billed.participation.refunds[earlier]))
        line = PredecessorBill(
            succession.earlier.municipalities[earlier],
            int(succession.persons[earlier, position]),
            part,
            billed.to_pay(earlier),
        )
        steps.append(Step(line, part, tuple(steps_of_a_bill(bills.result, billed, earlier))))
    return steps
