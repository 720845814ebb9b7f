"""What the columns of a table are called for people; for machines they keep their names."""

from __future__ import annotations

import re

from gguplan.language import _


def heading_of(column: str) -> str:
    """The heading of a column in the current language; amounts are in euros, chances of draws in per cent. A column
    that only a scenario names, such as a factor of a sweep, keeps its name."""
    if chance := re.fullmatch(r"(closing_chance|realised_chance|realised|to_pay_chance)_([0-9]+)_cents", column):
        names = {
            "closing_chance": _("closing balance"),
            "realised_chance": _("realised"),
            "realised": _("realised"),
            "to_pay_chance": _("to pay"),
        }
        return _("{name}, below it in {chance} % of the draws", name=names[chance[1]], chance=chance[2])
    names = {
        "account": _("account"),
        "at_high_cents": _("at the high value"),
        "at_low_cents": _("at the low value"),
        "as_it_is_cents": _("as it is"),
        "available_cents": _("available to spend, with VAT"),
        "available_net_cents": _("available to spend, without VAT"),
        "average_euros_per_inhabitant": _("average per inhabitant"),
        "baseline_cents": _("baseline"),
        "basis": _("rests on"),
        "before_cascades_of": _("before the cascades of"),
        "chance_below_floor": _("chance that it is below its floor"),
        "chance_first_below_floor": _("chance that it is so for the first time"),
        "closing_cents": _("closing balance"),
        "closing_with_vat_cents": _("closing balance, with VAT"),
        "contribution_cents": _("contribution"),
        "contributions_cents": _("contributions"),
        "days_outside": _("days outside"),
        "drawn_cents": _("drawn from the balance"),
        "effect_cents": _("effect"),
        "effect_per_inhabitant": _("effect per inhabitant"),
        "expected_cents": _("expected to be spent"),
        "factor": _("factor"),
        "floor": _("floor"),
        "from_reserve_cents": _("from the reserve"),
        "gm_code": _("CBS code"),
        "gross_basis": _("budget with VAT printed or derived"),
        "gross_cents": _("budget, with VAT"),
        "group": _("group"),
        "handed_over_cents": _("handed over"),
        "high_value": _("high value"),
        "inhabitants": _("inhabitants"),
        "inhabitants_together": _("inhabitants together"),
        "inhabitants_baseline": _("inhabitants, baseline"),
        "inhabitants_scenario": _("inhabitants, scenario"),
        "kind": _("kind"),
        "known": _("known"),
        "lapsed": _("lapsed"),
        "leave_by_cascade": _("leave by a cascade"),
        "leaves_by_cascade": _("leaves by a cascade"),
        "leaves_by_cascade_baseline": _("leaves by a cascade, baseline"),
        "leaves_by_cascade_scenario": _("leaves by a cascade, scenario"),
        "leaves_in_round": _("leaves in round"),
        "low_value": _("low value"),
        "municipalities": _("municipalities"),
        "name": _("municipality"),
        "net_cents": _("budget, without VAT"),
        "opening_cents": _("opening balance"),
        "opt_out": _("opt-out"),
        "opt_outs": _("opt-outs"),
        "outcome": _("outcome"),
        "population_status": _("status of the inhabitants"),
        "problem": _("problem"),
        "programme": _("programme"),
        "province": _("province"),
        "realised_cents": _("realised"),
        "reference_year": _("inhabitants on 1 January of"),
        "refund_cents": _("refund"),
        "refunds_cents": _("refunds"),
        "returned_cents": _("returned"),
        "role": _("role"),
        "scenario_cents": _("scenario"),
        "settlement": _("settlement"),
        "share_of_variance": _("share of the variance"),
        "source": _("source"),
        "standard_error": _("standard error"),
        "title": _("title"),
        "to_pay_cents": _("to pay"),
        "to_reserve_cents": _("to the reserve"),
        "other_readings": _("printed besides"),
        "realisation_ratio": _("realisation ratio"),
        "status": _("status"),
        "underspend_cents": _("left over"),
        "underspend": _("rule for underspend"),
        "variant": _("variant"),
        "vat_cents": _("VAT"),
        "year": _("year"),
    }
    return names.get(column, column.replace("_cents", " (€)"))
