"""The workbook while it is written: its sheets, names and places."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct
from xlsxwriter.workbook import Workbook

from gguplan.fund.boundaries import Boundaries
from gguplan.language import _
from gguplan.model.result import RunResult
from gguplan.reports.workbook.layout import Layout
from gguplan.reports.workbook.sheet import Sheet
from gguplan.reports.workbook.styles import Styles

if TYPE_CHECKING:
    from gguplan.model.comparison import Comparison
    from gguplan.model.spending import Spending
    from gguplan.model.years_ahead.result import Horizon

_TABS = {
    "cover": "#154273",
    "bill": "#E17000",
    "inputs": "#F9C774",
    "programmes": "#5B8DB8",
    "municipalities": "#5B8DB8",
}


class Beside(Struct, frozen=True):
    """What stands beside a run: the scenario that it extends, over the same municipalities, and its years ahead; None
    where it has none."""

    comparison: Comparison | None = None
    horizon: Horizon | None = None


class Book:
    """A workbook in memory; `chosen` is the position of the municipality whose bill it opens with."""

    def __init__(
        self, result: RunResult, spending: Spending | None, boundaries: Boundaries, chosen: int, beside: Beside
    ) -> None:
        self.result, self.spending, self.boundaries, self.chosen = result, spending, boundaries, chosen
        self.beside = beside
        known = {"baseline": beside.comparison, "years": beside.horizon, "forecast": spending}
        self.layout = Layout(result, [noun for noun, material in known.items() if material is None])
        self._stream = BytesIO()
        self.workbook = Workbook(self._stream, {"in_memory": True})
        scenario = result.fund_year
        self.workbook.set_properties(
            {
                "title": scenario.title[:255],
                "author": "gguplan",
                "comments": _("Made by gguplan. The date of this file is the reference date of the inhabitants."),
                "created": datetime.combine(scenario.reference_date, time()),
            }
        )
        styles = Styles(self.workbook)
        self._sheets = {
            noun: Sheet(self.workbook, name, styles, scenario.title) for noun, name in self.layout.sheets.items()
        }
        for noun, sheet in self._sheets.items():
            sheet.page.set_tab_color(_TABS.get(noun, "#B7C3D0"))

    def sheet(self, noun: str) -> Sheet:
        """One of the sheets."""
        return self._sheets[noun]

    def name(self, name: str, formula: str) -> None:
        """Give cells a name that formulas can use."""
        self.workbook.define_name(name, formula)

    def as_bytes(self) -> bytes:
        """Close the workbook and return the file: what can be changed is open, formulas are protected."""
        for sheet in self._sheets.values():
            sheet.protect()
        self.workbook.close()
        return self._stream.getvalue()
