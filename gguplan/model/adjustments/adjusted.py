"""What one adjustment does to what each municipality pays."""

from __future__ import annotations

from msgspec import Struct

from gguplan.fund.adjustments import Adjustment
from gguplan.model.adjustments.proportional import Proportional
from gguplan.money import Integers


class Adjusted(Struct, frozen=True):
    """What each paid `before` it and the `change` in that; cents, shape (municipalities,). Refunds are taken off before
    cover and rounding.

    The balance of the fund pays `from_balance` of it, negative where the balance gets money; `covered` comes in from
    municipalities without a bill. Always, in cents: sum(change) + from_balance + covered = 0. `old` is what each would
    pay by the old division, and `shared` how what is taken off is paid by the others; None where there is no such
    thing."""

    adjustment: Adjustment
    before: Integers
    change: Integers
    from_balance: int = 0
    covered: int = 0
    old: Integers | None = None
    shared: Proportional | None = None

    @property
    def after(self) -> Integers:
        """What each pays after it, in cents."""
        return self.before + self.change
