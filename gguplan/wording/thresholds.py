"""Thresholds in words: how many take part, and what becomes of a programme in which too few do."""

from __future__ import annotations

from typing import assert_never

from gguplan.fund.thresholds import Lapse, Threshold, ThresholdOutcome
from gguplan.language import _, listed_with_and
from gguplan.wording.amounts import format_number
from gguplan.wording.hand_overs import hand_over_in_a_sentence, hand_over_in_words


def threshold_in_words(outcome: ThresholdOutcome | None, lapse: Lapse | None) -> str:
    """How many take part, how many must, and that the programme lapses or is handed over; empty where there is no
    threshold."""
    if outcome is None:
        return ""
    counts = []
    if outcome.municipalities_needed:
        counts.append(
            _(
                "{count} municipalities (at least {needed} needed)",
                count=format_number(outcome.municipalities),
                needed=format_number(outcome.municipalities_needed),
            )
        )
    if outcome.inhabitants_needed:
        counts.append(
            _(
                "{count} inhabitants (at least {needed} needed)",
                count=format_number(outcome.inhabitants),
                needed=format_number(outcome.inhabitants_needed),
            )
        )
    text = _("{counts} take part all year", counts=listed_with_and(counts))
    if outcome.met:
        return text
    if outcome.hand_over is not None:
        return f"{text}. {_('Too few take part.')} {hand_over_in_a_sentence(outcome.hand_over)}"
    return text if lapse is None else f"{text}. {lapsed_in_a_sentence(lapse)}"


def end_in_words(threshold: Threshold) -> str:
    """What happens should too few take part, in a few words: to the money, or from when on somebody else has it."""
    hand_over = threshold.hand_over
    return lapse_in_words(threshold.otherwise) if hand_over is None else hand_over_in_words(hand_over)


def too_few_left_in_words(threshold: Threshold) -> str:
    """That a cascade leaves too few for a threshold, and what comes of the programme."""
    hand_over = threshold.hand_over
    end = lapsed_in_a_sentence(threshold.otherwise) if hand_over is None else hand_over_in_a_sentence(hand_over)
    return f"{_('Too few are then left.')} {end}"


def lapsed_in_a_sentence(lapse: Lapse) -> str:
    """That a programme lapsed or was handed over, and what happens to its money."""
    match lapse:
        case "not_levied":
            return _("The programme lapses: nobody is invoiced.")
        case "to_balance":
            return _("The programme lapses: the balance of the fund gets its money.")
        case "handed_over":
            return _("The programme is handed over: its money goes to whoever takes it over.")
        case _:
            assert_never(lapse)


def lapse_in_words(lapse: Lapse) -> str:
    """What happens to the money should too few take part, in a few words."""
    match lapse:
        case "not_levied":
            return _("nobody is invoiced")
        case "to_balance":
            return _("the balance gets the money")
        case "handed_over":
            return _("the money goes to whoever takes it over")
        case _:
            assert_never(lapse)


def lapsed_in_a_word(lapse: Lapse) -> str:
    """What becomes of a programme in which too few take part: a word to stand behind its title."""
    match lapse:
        case "not_levied" | "to_balance":
            return _("lapses")
        case "handed_over":
            return _("handed over")
        case _:
            assert_never(lapse)
