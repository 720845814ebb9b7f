"""The families of rules: where each is defined, how a member is added, and which places then have to follow."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, get_args

from gguplan.fund.adjustments import Adjustment, AdjustmentPayer, Limit, RoundingBearer
from gguplan.fund.allocation_keys import AllocationKey
from gguplan.fund.municipalities import STATUSES, PopulationSource
from gguplan.fund.programme import StatedBudget
from gguplan.fund.settlements import Settlement, SettlementWord
from gguplan.fund.thresholds import Lapse
from gguplan.fund.underspend import ShortfallRule, UnderspendRule

Edit = Callable[[str], str]
"""The text of a module with a member more."""


@dataclass(frozen=True)
class Family:
    """A closed family of rules in `file`.

    `classes` are the names of the members that carry data; `words` are the members that carry none, or how files write
    the others. `added` is what a new member is called in the messages of mypy, `edits` add it, and `places` are the
    places that must follow then: how many in each file.
    """

    name: str
    file: str
    classes: tuple[str, ...]
    words: tuple[str, ...]
    added: str
    edits: tuple[Edit, ...]
    places: dict[str, int]


def _a_class_more(alias: str, added: str, body: str = "") -> Edit:
    """A record more in the union `alias`; `body` are its lines besides the docstring."""

    def edit(text: str) -> str:
        new = f'class {added}(Struct, frozen=True):\n    """Added."""\n{body}\n\n'
        changed, count = re.subn(rf"^({alias} = .+)$", lambda union: f"{new}{union[1]} | {added}", text, flags=re.M)
        assert count == 1, alias
        return changed

    return edit


def _a_word_more(alias: str, added: str) -> Edit:
    """A word more in the Literal `alias`."""

    def edit(text: str) -> str:
        changed, count = re.subn(rf"^({alias} = .*Literal\[[^\]]*)\]", rf'\1, "{added}"]', text, flags=re.M)
        assert count == 1, alias
        return changed

    return edit


def _names(union: Any) -> tuple[str, ...]:
    return tuple(member.__name__ for member in get_args(union))


FAMILIES: Final = (
    Family(
        "settlement",
        "gguplan/fund/settlements.py",
        _names(Settlement),
        get_args(SettlementWord),
        "AddedSettlement",
        (
            _a_class_more("Settlement", "AddedSettlement", '    word: ClassVar[SettlementWord] = "AddedSettlement"\n'),
            _a_word_more("SettlementWord", "AddedSettlement"),
        ),
        {
            "gguplan/fund/settlements.py": 1,
            "gguplan/model/explanation/opt_outs.py": 1,
            "gguplan/model/participation/settlement.py": 3,
            "gguplan/model/years_ahead/drawn_bills.py": 1,
            "gguplan/reports/workbook/opt_outs.py": 2,
            "gguplan/wording/settlements.py": 4,
        },
    ),
    Family(
        "allocation key",
        "gguplan/fund/allocation_keys.py",
        _names(AllocationKey),
        (),
        "AddedKey",
        (_a_class_more("UnmixedKey", "AddedKey"),),
        {
            "gguplan/fund/allocation_keys.py": 7,
            "gguplan/inputs/scenario/joiners.py": 1,
            "gguplan/inputs/scenario/later_year.py": 1,
            "gguplan/model/allocation.py": 5,
            "gguplan/model/explanation/division.py": 1,
            "gguplan/reports/workbook/division_columns.py": 1,
            "gguplan/reports/workbook/layout.py": 1,
            "gguplan/reports/workbook/tariffs.py": 2,
            "gguplan/wording/allocation_keys.py": 1,
        },
    ),
    Family(
        "stated budget",
        "gguplan/fund/programme.py",
        _names(StatedBudget),
        (),
        "AddedBudget",
        (_a_class_more("StatedBudget", "AddedBudget"),),
        {
            "gguplan/inputs/scenario/out_of_proportion.py": 1,
            "gguplan/inputs/scenario/programmes.py": 1,
            "gguplan/model/allocation.py": 2,
            "gguplan/model/explanation/tree.py": 1,
            "gguplan/model/volumes.py": 1,
            "gguplan/model/years_ahead/budget_of_a_year.py": 3,
            "gguplan/reports/workbook/inputs.py": 2,
            "gguplan/reports/workbook/programmes.py": 1,
            "gguplan/runs/year_shown.py": 1,
        },
    ),
    Family(
        "adjustment",
        "gguplan/fund/adjustments.py",
        _names(Adjustment),
        (),
        "AddedAdjustment",
        (_a_class_more("Adjustment", "AddedAdjustment"),),
        {
            "gguplan/fund/adjustments.py": 3,
            "gguplan/model/adjustments/in_order.py": 1,
            "gguplan/model/explanation/adjustments.py": 1,
            "gguplan/model/result.py": 1,
            "gguplan/reports/workbook/adjustment_columns.py": 1,
            "gguplan/reports/workbook/adjustments.py": 1,
            "gguplan/wording/adjustments.py": 2,
        },
    ),
    Family(
        "who bears what rounding leaves",
        "gguplan/fund/adjustments.py",
        (),
        get_args(RoundingBearer),
        "added_bearer",
        (_a_word_more("RoundingBearer", "added_bearer"),),
        {
            "gguplan/model/adjustments/rounding.py": 1,
            "gguplan/reports/workbook/adjustment_columns.py": 1,
            "gguplan/reports/workbook/adjustments.py": 1,
            "gguplan/wording/adjustments.py": 1,
        },
    ),
    Family(
        "payer of an adjustment",
        "gguplan/fund/adjustments.py",
        (),
        get_args(AdjustmentPayer),
        "added_payer",
        (_a_word_more("AdjustmentPayer", "added_payer"),),
        {"gguplan/model/adjustments/against_the_old.py": 2, "gguplan/wording/adjustments.py": 1},
    ),
    Family(
        "limit of a cap",
        "gguplan/fund/adjustments.py",
        _names(Limit),
        (),
        "AddedLimit",
        (_a_class_more("Limit", "AddedLimit"),),
        {
            "gguplan/fund/adjustments.py": 1,
            "gguplan/model/adjustments/against_the_old.py": 1,
            "gguplan/wording/adjustments.py": 1,
        },
    ),
    Family(
        "underspend rule",
        "gguplan/fund/underspend.py",
        (),
        get_args(UnderspendRule),
        "added_rule",
        (_a_word_more("UnderspendRule", "added_rule"),),
        {"gguplan/model/underspend.py": 1, "gguplan/wording/underspend.py": 3},
    ),
    Family(
        "shortfall rule",
        "gguplan/fund/underspend.py",
        (),
        get_args(ShortfallRule),
        "added_shortfall",
        (_a_word_more("ShortfallRule", "added_shortfall"),),
        {
            "gguplan/model/underspend.py": 1,
            "gguplan/reports/proposal/sections/balance.py": 1,
            "gguplan/wording/underspend.py": 2,
        },
    ),
    Family(
        "end of a threshold",
        "gguplan/fund/thresholds.py",
        (),
        get_args(Lapse),
        "added_lapse",
        (_a_word_more("Lapse", "added_lapse"),),
        {"gguplan/fund/thresholds.py": 3, "gguplan/wording/thresholds.py": 3},
    ),
    Family(
        "status of a count",
        "gguplan/fund/municipalities.py",
        (),
        STATUSES,
        "added_status",
        (_a_word_more("Status", "added_status"),),
        {
            "gguplan/reports/charts/years.py": 1,
            "gguplan/reports/proposal/sentences/money_risks.py": 1,
            "gguplan/reports/terminal/reconciliation.py": 1,
            "gguplan/wording/population.py": 2,
        },
    ),
    Family(
        "source of a count",
        "gguplan/fund/municipalities.py",
        _names(PopulationSource),
        (),
        "AddedSource",
        (_a_class_more("PopulationSource", "AddedSource"),),
        {
            "gguplan/inputs/population/municipalities.py": 1,
            "gguplan/runs/municipal_history.py": 1,
            "gguplan/wording/population.py": 3,
        },
    ),
)
