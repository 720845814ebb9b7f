"""Until when somebody is under contract for a programme, as the reports say."""

from __future__ import annotations

from msgspec import Struct


class Contract(Struct, frozen=True):
    """What a report says of the contract of a programme: its first and last whole year, and the year to which it may
    be extended; None where it does not say."""

    programme: str
    first_year: int | None
    last_year: int
    may_be_extended_to: int | None
    document: str
    section: str
    sentence: str

    @property
    def year(self) -> int:
        """The year that a row is found by: its last."""
        return self.last_year
