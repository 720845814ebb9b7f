"""What binds later years, and what has no contract behind it, in sentences."""

from __future__ import annotations

from gguplan.language import _, listed_with_and
from gguplan.model.years_ahead.remarks import Obligation, PastContract
from gguplan.wording.amounts import format_euros


def obligation_in_words(obligation: Obligation) -> str:
    """What is promised of a programme for later years, without VAT, and by which decision."""
    return _(
        "{title}: promised for later years, without VAT: {amounts}. What binds these years: {decision}.",
        title=obligation.title,
        amounts=amounts_by_year(obligation),
        decision=obligation.bound_by.rstrip("."),
    )


def amounts_by_year(obligation: Obligation) -> str:
    """The amounts with their years."""
    return listed_with_and(
        _("{amount} in {year}", amount=format_euros(cents), year=year) for year, cents in obligation.by_year
    )


def past_contract_in_words(past: PastContract) -> str:
    """Which budgets lie after the end of a contract, and which report says when that is."""
    years = str(past.years[0]) if len(past.years) == 1 else f"{past.years[0]}–{past.years[-1]}"
    sentences = [
        _(
            "{title}: the contract runs to the end of {ends}; no contract is behind the budget of {years}.",
            title=past.title,
            ends=past.contract_ends,
            years=years,
        )
    ]
    contract = past.contract
    if contract is not None:
        if contract.may_be_extended_to is not None:
            sentences.append(_("It may be extended to the end of {year}.", year=contract.may_be_extended_to))
        sentences.append(f"“{contract.sentence}” ({contract.document}, {contract.section})")
    return " ".join(sentences)
