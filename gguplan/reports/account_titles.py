"""What an account of a horizon is called."""

from __future__ import annotations

from typing import assert_never

from gguplan.language import _
from gguplan.model.years_ahead.account import Account


def account_title(account: Account) -> str:
    """The title of its programme, or what the accounts of the reserve and of the whole fund are called."""
    match account.scope:
        case "programme":
            return account.title
        case "reserve":
            return _("Reserve")
        case "fund":
            return _("The fund")
        case _:
            assert_never(account.scope)
