"""A forecast in round euros, so that paper and terminal print one amount alike: rows that add up to their total."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gguplan.wording.amounts import format_about
from gguplan.wording.rounded_amounts import about, rounded_to

if TYPE_CHECKING:
    from gguplan.model.spending import Spending


def expected_by_rule(spending: Spending, unit: int) -> list[int]:
    """What is expected to be left over by each rule, in cents, rounded so that the rows add up to their total."""
    expected = [underspend.expected for underspend in spending.underspend_by_rule.values()]
    return rounded_to(expected, about(spending.underspend.expected, unit), unit)


def budgets_by_rule(spending: Spending, unit: int) -> list[str]:
    """The net budgets under each rule. One amount has one rounding: each rule has what is printed for its
    programmes."""
    of_programmes = rounded_to(spending.budgets.tolist(), about(spending.underspend.budget, unit), unit)
    return [
        format_about(
            sum(
                cents
                for cents, programme in zip(of_programmes, spending.programmes, strict=True)
                if programme.underspend == rule
            ),
            unit,
        )
        for rule in spending.underspend_by_rule
    ]
