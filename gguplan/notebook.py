"""Results as a notebook shows them: a short line at the end of a cell, a table below it, data frames for the rest.

Each is the result that the commands print, with a `frame` and a short `repr` on top; nothing is computed here.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct
from msgspec.structs import asdict

from gguplan.fund.steps.step import Step
from gguplan.language import _, plural
from gguplan.model.bill import Bill
from gguplan.model.comparison import Comparison
from gguplan.model.result import RunResult
from gguplan.model.sweep.result import SweepResult
from gguplan.model.years_ahead.bill_in_a_year import YearAhead
from gguplan.model.years_ahead.result import Horizon
from gguplan.reports.beside_a_forecast import rounding_unit, rounding_unit_ahead
from gguplan.reports.tables.comparison import comparison_table
from gguplan.reports.tables.forecast import forecast_table
from gguplan.reports.tables.horizon import account_table, contribution_table
from gguplan.reports.tables.sweep import shares_table, swings_table, variants_table
from gguplan.runs.outputs.forecast import ForecastOutcome
from gguplan.wording.amounts import format_about, format_euros, format_number
from gguplan.wording.steps.step import line_in_words

if TYPE_CHECKING:
    import pandas as pd

_ROWS = 30
"""How many rows of a table a notebook shows; `frame` has them all."""

Kind = TypeVar("Kind")


class Shown:
    """A result that a notebook shows in short."""

    @abstractmethod
    def columns(self) -> Mapping[str, Mapping[str, Any]]:
        """Columns by name of each table, amounts in whole cents; the first table is the one that is shown."""

    @abstractmethod
    def __str__(self) -> str:
        """What it is and what comes out, in one line."""

    def __repr__(self) -> str:
        """The one line: a cell that ends in the result stays short."""
        return str(self)

    def frame(self, table: str = "") -> pd.DataFrame:
        """One of the tables as a data frame, the first when none is named; amounts are int64 cents.

        Raises KeyError for a table that is not there.
        """
        import pandas as pd

        tables = self.columns()
        if table and table not in tables:
            raise KeyError(_("There is no table {name!r}: {names}.", name=table[:100], names=", ".join(tables)))
        return pd.DataFrame(tables[table or next(iter(tables))])

    def _repr_html_(self) -> str:
        """The line, and the first table with its amounts in euros."""
        frame = self.frame()
        shown = frame.head(_ROWS).copy()
        for name in [name for name in frame.columns if name.endswith("_cents")]:
            shown[name] = [None if cents != cents else format_euros(int(cents)) for cents in shown[name]]
        shown.columns = [name.removesuffix("_cents") for name in shown.columns]
        rest = len(frame) - len(shown)
        more = "" if rest <= 0 else f"<p>{escape(_('and {count} more', count=format_number(rest)))}</p>"
        return f"<p>{escape(str(self))}</p>{shown.to_html(index=False, border=0)}{more}"


def shown_as(kind: type[Kind], result: Any) -> Kind:
    """The same result as one that a notebook shows."""
    return kind(**asdict(result))


class Run(Shown, RunResult, frozen=True, eq=False):
    """A scenario worked out for every municipality."""

    def columns(self) -> dict[str, dict[str, Any]]:
        """``programmes``, ``municipalities``, ``contributions``, ``opt_outs`` and ``adjustments``."""
        return self.tables

    def __str__(self) -> str:
        """The title, how many programmes and municipalities, and what they pay together."""
        return _(
            "{title}: {programmes} programmes, {municipalities} municipalities, {amount} to pay",
            title=self.fund_year.title,
            programmes=len(self.by_programme),
            municipalities=len(self.population.municipalities),
            amount=format_euros(int(self.to_pay.sum())),
        )


class Beside(Shown, Comparison, frozen=True, eq=False):
    """A scenario beside its baseline."""

    def columns(self) -> dict[str, dict[str, Any]]:
        """``effects``: a row a municipality."""
        return {"effects": comparison_table(self)}

    def __str__(self) -> str:
        """Both titles, how many pay more and less, and the difference of all together."""
        more, less, _same = self.by_direction()
        return _(
            "{scenario} beside {baseline}: {more}, {less}, together {amount}",
            scenario=self.scenario.result.fund_year.title,
            baseline=self.baseline.result.fund_year.title,
            more=plural("{count} municipality pays more", "{count} municipalities pay more", more.municipalities),
            less=plural("{count} pays less", "{count} pay less", less.municipalities),
            amount=format_euros(self.total.effect),
        )


class Forecast(Shown, ForecastOutcome, frozen=True, eq=False):
    """What will be spent."""

    def columns(self) -> dict[str, dict[str, Any]]:
        """``programmes``: a row per programme."""
        return {"programmes": forecast_table(self.spending)}

    def __str__(self) -> str:
        """What it is of, and what is expected to be spent of the net budget."""
        left, unit = self.spending.underspend, rounding_unit(self.spending)
        return _(
            "{heading}: {spent} of {budget} without VAT expected",
            heading=self.heading,
            spent=format_about(self.spending.expected_total, unit),
            budget=format_about(left.budget, unit),
        )


class YearsAhead(Shown, Horizon, frozen=True, eq=False):
    """The balance of a fund through the years."""

    def columns(self) -> dict[str, dict[str, Any]]:
        """``accounts``: a row per account and year; ``contributions``: a row a year."""
        return {"accounts": account_table(self), "contributions": contribution_table(self)}

    def __str__(self) -> str:
        """The title, the years, and the balance at the end."""
        return _(
            "{title}, {first} to {last}: closing balance {amount} without VAT expected",
            title=self.title,
            first=self.years[0],
            last=self.years[-1],
            amount=format_about(int(self.fund.expected.closing[-1]), rounding_unit_ahead(self)),
        )


class Variants(Shown, SweepResult, frozen=True, eq=False):
    """Many variants of a scenario."""

    def columns(self) -> dict[str, dict[str, Any]]:
        """``variants``: a row each; ``swings`` and ``shares``: what drives each outcome."""
        return {"variants": variants_table(self), "swings": swings_table(self), "shares": shares_table(self)}

    def __str__(self) -> str:
        """The title, how many variants, and over how many factors."""
        return plural(
            "{title}: {variants} variants of {count} factor",
            "{title}: {variants} variants of {count} factors",
            len(self.plan.factors),
            title=self.base.title,
            variants=format_number(len(self.outcomes)),
        )


class MunicipalBill(Shown, Bill, frozen=True):
    """What one municipality pays."""

    def columns(self) -> dict[str, dict[str, Any]]:
        """``programmes``: a row per programme."""
        lines = self.lines
        return {
            "programmes": {
                "programme": [line.programme for line in lines],
                "title": [line.title for line in lines],
                "contribution_cents": [line.contribution for line in lines],
                "refund_cents": [line.refund for line in lines],
                "to_pay_cents": [line.to_pay for line in lines],
                "vat_cents": [line.vat for line in lines],
            }
        }

    def __str__(self) -> str:
        """Who pays how much."""
        municipality = self.municipality
        return _(
            "{name} ({code}) pays {amount}",
            name=municipality.name,
            code=municipality.gm_code,
            amount=format_euros(self.to_pay),
        )


class BillsByYear(Shown, Struct, frozen=True):
    """The bills of one municipality in some years; `low` and `high` of each are the ends of its 80 % interval."""

    title: str
    years: tuple[YearAhead, ...]

    def columns(self) -> dict[str, dict[str, Any]]:
        """``years``: a row a year."""
        return {
            "years": {
                "year": [year.year for year in self.years],
                "reference_year": [year.population.year for year in self.years],
                "population_status": [year.population.status for year in self.years],
                "inhabitants": [year.bill.municipality.inhabitants for year in self.years],
                "to_pay_cents": [year.bill.to_pay for year in self.years],
                "low_cents": [year.low for year in self.years],
                "high_cents": [year.high for year in self.years],
            }
        }

    def __str__(self) -> str:
        """Whose bills, of what, and of which years."""
        first, last = self.years[0], self.years[-1]
        name = last.bill.municipality.name
        return _("{title}: {name}, {first} to {last}", title=self.title, name=name, first=first.year, last=last.year)


class SumBehind(Step, frozen=True):
    """The sum behind a bill, as a tree."""

    def __str__(self) -> str:
        """What it is of, and what comes out."""
        return line_in_words(self.line)

    def __repr__(self) -> str:
        """The one line."""
        return str(self)

    def _repr_html_(self) -> str:
        """The tree, as lists within lists."""
        return f"<p>{escape(str(self))}</p>{_list_of(self.behind)}"


def _list_of(steps: Sequence[Step]) -> str:
    lines = (f"<li>{escape(line_in_words(step.line))}{_list_of(step.behind)}</li>" for step in steps)
    return f"<ul>{''.join(lines)}</ul>" if steps else ""
