"""What comes back to one municipality of what is not spent."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from gguplan.model.allocation import vat_within
from gguplan.model.result import RunResult
from gguplan.model.spending import Spending
from gguplan.money import split, times_fraction


class Credit(Struct, frozen=True):
    """What comes back to one municipality in the next year, in cents with VAT: expected, and with 80 % certainty
    between. `net` is what is expected without VAT; `known` says that nothing of it is forecast, `provisional` that
    an account still to come may change it."""

    expected: int
    low: int
    high: int
    net: int
    known: bool
    provisional: bool


def credit(spending: Spending, result: RunResult, gm_code: str) -> Credit:
    """What a municipality gets back next year of what it pays now, of programmes that return their underspend.

    Underspend is net, so its VAT comes back with it. Each programme is divided pro rata to what is paid for it: to the
    cent where what is left is known.
    """
    position = result.population.index[gm_code]
    by_name = {programme.name: programme for programme in result.by_programme}
    places, left = spending.left_to_return
    drawn, net = np.zeros(spending.draws), 0.0
    known, provisional = True, any(spending.programmes[place].provisional for place in places)
    for column, place in enumerate(places):
        programme = by_name[spending.programmes[place].name]
        percent = programme.programme.vat_percent
        paid = np.maximum(programme.participation.contributions - programme.participation.refunds, 0)
        if spending.programmes[place].realised is not None:
            returned = times_fraction(int(left[0, column]), 100 + percent, 100)
            part = int(split(returned, paid, result.population.codes)[0, position]) if paid.any() else 0
            drawn += part
            net += part - vat_within(part, percent)
            continue
        known = False
        own = left[:, column] * (paid[position] / max(1, int(paid.sum())))
        drawn += own * ((100 + percent) / 100)
        net += float(own.mean())
    low, high = np.quantile(drawn, [0.1, 0.9]).tolist()
    return Credit(round(float(drawn.mean())), round(low), round(high), round(net), known, provisional)
