"""What each lever is called: a few words beside its key, of which the manual says the rest."""

from __future__ import annotations

from functools import cache

from gguplan.language import Language, _, current_language


def name_of(table: str, key: str) -> str:
    """What a key is called in a table, which is named by its class in the schema; nothing where it has no name."""
    names = _names(current_language())
    return names.get(f"{table}.{key}") or names.get(key, "")


@cache
def _names(_language: Language) -> dict[str, str]:
    """By key, and by table and key where that has a name of its own."""
    return {
        "title": _("Title"),
        "amendment": _("Number of the amendment"),
        "year": _("Year"),
        "reference_date": _("Reference date"),
        "members": _("Members"),
        "kind": _("Kind of budget"),
        "BodyTable.kind": _("Kind of body"),
        "gross": _("Budget including VAT"),
        "net": _("Budget without VAT"),
        "rate": _("Rate per inhabitant"),
        "OptOutTable.rate": _("Refund per inhabitant"),
        "volume": _("Units expected"),
        "price": _("Price per unit"),
        "fixed": _("Fixed costs"),
        "FixedPlusInhabitantsTable.fixed": _("Fixed amount for each municipality"),
        "vat": _("VAT"),
        "underspend": _("Money that is not spent"),
        "round_to": _("Rounded to"),
        "rounding": _("Who bears the rounding"),
        "applies_to": _("Inhabitants that a rate is of"),
        "up_to": _("Up to so many inhabitants"),
        "others": _("For who is not named"),
        "share": _("Share"),
        "by": _("Allocation key"),
        "payer": _("Payer"),
        "amount": _("Amount in a year"),
        "AmountStepTable.amount": _("Amount for each municipality"),
        "between": _("Between which amounts"),
        "StatedRealisationTable.between": _("Realisation ratio, between"),
        "SizeClass.between": _("Limits, between"),
        "IndexationTable.between": _("Per cent every year, between"),
        "sure": _("How sure, in per cent"),
        "since": _("First year"),
        "until": _("Last year"),
        "what": _("What it is"),
        "as_paid": _("Amounts that were paid"),
        "rise_percent": _("Largest rise, in per cent"),
        "rise_euros": _("Largest rise, in euros"),
        "rise_per_inhabitant": _("Largest rise, in euros per inhabitant"),
        "fall_percent": _("Largest fall, in per cent"),
        "fall_euros": _("Largest fall, in euros"),
        "fall_per_inhabitant": _("Largest fall, in euros per inhabitant"),
        "paid_by": _("Who pays it"),
        "CompensationTable.percent": _("Per cent that comes back"),
        "percent": _("Per cent every year"),
        "municipality": _("Municipality"),
        "municipalities": _("Municipalities"),
        "OptOutTable.municipalities": _("Who is outside"),
        "ThresholdTable.municipalities": _("Least number of municipalities"),
        "programmes": _("Programmes"),
        "settlement": _("Settlement"),
        "joins": _("Takes part from"),
        "leaves": _("Outside from"),
        "MembershipTable.joins": _("Pays from the year"),
        "MembershipTable.leaves": _("No longer pays from the year"),
        "province": _("Province"),
        "more_than": _("More inhabitants than"),
        "volume_between": _("Volume, between"),
        "inhabitants_percent": _("Least share of inhabitants, in per cent"),
        "otherwise": _("When too few take part"),
        "handed_over": _("Handed over from the year"),
        "handed_over_to": _("Handed over to"),
        "level": _("All limits together, between"),
        "limit": _("Highest rate accepted"),
        "first": _("First year"),
        "last": _("Last year"),
        "opening": _("Reserve at the beginning"),
        "HorizonProgrammeTable.opening": _("Carried over into the first year"),
        "shortfall": _("When more is spent than there is"),
        "floor": _("Lowest balance"),
        "reserve_floor": _("Lowest reserve"),
        "mix": _("Parts of wages and of prices"),
        "tolerance_points": _("Difference that stays as it is"),
        "vintage": _("When the figures were made"),
        "starts": _("First year with a budget"),
        "ends": _("Last year with a budget"),
        "indexed": _("Rises with the indexation"),
        "volume_growth": _("Growth of the volume, in per cent"),
        "committed_by": _("Decision or contract"),
        "contract_ends": _("Last year under contract"),
        "source": _("Source"),
        "file": _("File"),
        "column": _("Column"),
    }
