"""What the sheets say of a programme, in a few words."""

from __future__ import annotations

from gguplan.inputs.scenario.allocation_keys import FixedPlusInhabitants, PerColumn, Stepped
from gguplan.language import _
from gguplan.model.result import ProgrammeResult
from gguplan.reports.terminal.run import settlement_in_words


def settlements_in_words(one: ProgrammeResult) -> str:
    """What its opt-outs do to the money; empty when there are none."""
    return "; ".join(dict.fromkeys(settlement_in_words(each.opt_out) for each in one.opt_outs))


def key_in_words(one: ProgrammeResult) -> str:
    """What its budget is divided by."""
    key = one.programme.allocation
    if isinstance(key, Stepped):
        return _("stepped tariff")
    if isinstance(key, FixedPlusInhabitants):
        return _("fixed amount + inhabitants")
    if isinstance(key, PerColumn):
        return _("column {column}", column=key.column)
    return _("inhabitants")


def lapse_in_words(lapse: str) -> str:
    """What happens to the money should too few take part."""
    return {
        "not_levied": _("nobody is invoiced"),
        "to_balance": _("the balance gets the money"),
        "handed_over": _("the money goes to whoever takes it over"),
    }[lapse]
