"""What one adjustment does to what each municipality pays."""

from __future__ import annotations

from dataclasses import dataclass

from gguplan.fund.adjustments import Adjustment
from gguplan.money import Integers


@dataclass(frozen=True)
class Adjusted:
    """What each paid `before` it, refunds taken off, and the `change` in it; cents, shape (municipalities,).

    The balance of the fund pays `from_balance` of it, negative where the balance gets money. Always, in cents:
    sum(change) + from_balance = 0.
    """

    adjustment: Adjustment
    before: Integers
    change: Integers
    from_balance: int

    @property
    def after(self) -> Integers:
        """What each pays after it, in cents."""
        return self.before + self.change
