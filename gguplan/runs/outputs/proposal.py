"""The file of ``gguplan proposal``."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.population.boundaries import boundaries_of
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.inputs.strict_model import StrictModel
from gguplan.language import written_in
from gguplan.model.comparison import Comparison
from gguplan.model.numbers_of_draws import CASCADE_DRAWS
from gguplan.model.participation.departure import if_they_leave, largest_municipalities
from gguplan.model.spending import spending_of
from gguplan.model.years_ahead.bill_in_a_year import YearAhead
from gguplan.reports.proposal.blocks import Proposal
from gguplan.reports.proposal.council.material import CouncilMaterial
from gguplan.reports.proposal.council.paper import write_council_paper
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.output import paper_as
from gguplan.reports.proposal.paper import write_paper
from gguplan.reports.proposal.word.house_style import shipped_template
from gguplan.reports.proposal.word.template import read_template
from gguplan.runs.bills_by_year import bills_by_year
from gguplan.runs.cascades import cascades_of
from gguplan.runs.outputs.payer_code import PayerCode
from gguplan.runs.record import FileName
from gguplan.runs.request import Request
from gguplan.runs.results import comparison_of, result_of
from gguplan.runs.years_ahead import years_ahead_of

HAS_WORDS: Final = True


class Arguments(StrictModel):
    """What the paper is called, its language and date, and how often is drawn from which seed: `draws` for what will
    be spent and for the years ahead, `cascade_draws` for who leaves.

    The scenarios are that of the paper and, where there is one, its baseline; a template is brought.
    """

    file: FileName
    reader: Literal["alv", "zienswijze"] = "alv"
    municipality: PayerCode | None = None
    """Who the paper is for: the assembly of all, or the council of one municipality, which gives its opinion on it."""
    language: Literal["en", "nl"]
    date: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")] | None
    draws: Annotated[int, Field(ge=100, le=100_000)]
    cascade_draws: Annotated[int, Field(ge=100, le=100_000)] = CASCADE_DRAWS
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)]


def work_out(request: Request) -> Material | CouncilMaterial:
    """Everything that the paper says something of. Raises ValueError for a council of no municipality."""
    scenario, *baselines = request.scenarios
    comparison = None
    if baselines:
        (baseline,) = baselines
        comparison = comparison_of(baseline, scenario)
    arguments: Arguments = request.arguments
    if arguments.reader == "zienswijze":
        return _for_a_council(scenario, comparison, arguments)
    result = comparison.scenario.result if comparison else result_of(scenario)
    rows = realised_years(load_ledger())
    return Material(
        result=result,
        comparison=comparison,
        boundaries=None if comparison is None else boundaries_of(comparison.population),
        spending=spending_of(result, rows, arguments.draws, arguments.seed),
        overview=cascades_of(scenario, result, arguments.cascade_draws, arguments.seed),
        departures=if_they_leave(result, largest_municipalities(result)),
        horizon=years_ahead_of(scenario, rows, arguments.draws, arguments.seed) if scenario.scenario.horizon else None,
        seed=arguments.seed,
        version=version("gguplan"),
    )


def _for_a_council(scenario: ScenarioInputs, comparison: Comparison | None, arguments: Arguments) -> CouncilMaterial:
    result = comparison.scenario.result if comparison else result_of(scenario)
    position = result.population.index.get(arguments.municipality or "")
    if position is None:
        raise ValueError(arguments.municipality)
    horizon = None
    years: list[YearAhead] = []
    if scenario.scenario.horizon and scenario.fund_year.years_ahead is not None:
        horizon = years_ahead_of(scenario, realised_years(load_ledger()), arguments.draws, arguments.seed)
        years = bills_by_year(scenario, list(horizon.years), arguments.municipality or "")
    # A baseline of later municipalities has no bill of this one.
    same = comparison is not None and comparison.population.year == result.population.year
    return CouncilMaterial(result, position, comparison if same else None, tuple(years), horizon, version("gguplan"))


def paper_of(material: Material | CouncilMaterial, request: Request) -> Proposal:
    """The paper in its language."""
    arguments: Arguments = request.arguments
    day = date.fromisoformat(arguments.date) if arguments.date else None
    with written_in(arguments.language):
        match material:
            case Material():
                return write_paper(material, day)
            case CouncilMaterial():
                return write_council_paper(material, day)


def document_of(paper: Proposal, request: Request) -> bytes:
    """The paper in the form that its name says. Raises InputError for a template that is not right, or without
    LibreOffice."""
    arguments: Arguments = request.arguments
    own = request.brought.get("template")
    template = shipped_template() if own is None else read_template(own)
    return paper_as(paper, template, Path(arguments.file))


def files(material: Material | CouncilMaterial, request: Request) -> dict[str, bytes]:
    """The paper, under its name."""
    return {request.arguments.file: document_of(paper_of(material, request), request)}
