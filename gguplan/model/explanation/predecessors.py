"""What a later municipality has of the bills of those that it came from, as lines of a sum."""

from __future__ import annotations

from gguplan.language import _
from gguplan.model.carried_bills import CarriedBills, CarriedProgramme
from gguplan.model.explanation.step import Step
from gguplan.model.explanation.tree import steps_of_a_bill
from gguplan.wording.amounts import format_euros, format_number


def predecessor_steps(bills: CarriedBills, programme: CarriedProgramme, position: int) -> list[Step]:
    """A line for each municipality that the one at `position` came from, with the lines of its sum.

    What is behind these lines is left out: `explain` of the earlier municipality has it.
    """
    succession, billed = bills.succession, programme.billed
    steps = []
    for earlier in succession.from_whom(position):
        municipality = succession.earlier.municipalities[earlier]
        amount = billed.to_pay(earlier)
        part = succession.part_of(earlier, position, int(billed.participation.contributions[earlier]))
        part -= succession.part_of(earlier, position, int(billed.participation.refunds[earlier]))
        persons = int(succession.persons[earlier, position])
        if persons == municipality.inhabitants:
            text = _(
                "{name} ({code}): {amount}",
                name=municipality.name,
                code=municipality.gm_code,
                amount=format_euros(amount),
            )
        else:
            text = _(
                "{name} ({code}): {part} of {amount}, for {persons} of its {inhabitants} inhabitants",
                name=municipality.name,
                code=municipality.gm_code,
                part=format_euros(part),
                amount=format_euros(amount),
                persons=format_number(persons),
                inhabitants=format_number(municipality.inhabitants),
            )
        behind = tuple(Step(step.text, step.cents) for step in steps_of_a_bill(bills.result, billed, earlier))
        steps.append(Step(text, part, behind))
    return steps
