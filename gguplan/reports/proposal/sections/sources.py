"""Where every figure comes from, and with what it was computed."""

from __future__ import annotations

from pathlib import Path

from gguplan.language import _
from gguplan.model.result import RunResult
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Part, Table, see
from gguplan.reports.proposal.material import Material
from gguplan.wording.amounts import format_number
from gguplan.wording.population import inhabitants_line


def sources(material: Material) -> list[Part]:
    """The inhabitants, the scenario and its baseline, every programme, every document, and the program."""
    result = material.result
    lines = [*_inhabitants(result)]
    if material.comparison and material.comparison.baseline.result.population.year != result.population.year:
        line = inhabitants_line(material.comparison.baseline.result.population)
        lines.append(_("{line}: counted by CBS, for the baseline", line=line))
    for run in [result, *([material.comparison.baseline.result] if material.comparison else [])]:
        scenario = run.fund_year
        source = f": {scenario.source}" if scenario.source else ""
        lines.append(_("Scenario {name}, “{title}”{source}", name=_name(run), title=scenario.title, source=source))
    if result.fund_year.origin.settings:
        lines.append(_("Changed for this paper: {settings}", settings="; ".join(result.fund_year.origin.settings)))
    lines += [
        _("Opt-outs {who}: {source}", who=opt_out.name, source=opt_out.source)
        for opt_out in {
            opt_out.name: opt_out for programme in result.by_programme for opt_out in programme.opt_outs
        }.values()
    ]
    lines += _documents(result)
    return [
        Heading(1, _("Sources")),
        Items(tuple(lines)),
        Paragraph(_("{table} has the source of every budget.", table=see("sources"))),
        Table(
            "sources",
            _("Source of every budget"),
            (_("Programme"), _("Source")),
            tuple((programme.programme.title, programme.programme.source) for programme in result.by_programme),
            (38, 62),
            words=2,
        ),
        Paragraph(made_with(material)),
    ]


def made_with(material: Material) -> str:
    """The program, its version and the seed, by which the paper can be made again."""
    return _(
        "Computed with gguplan {version} from scenario {name}; seed {seed}, {draws} draws.",
        version=material.version,
        name=_name(material.result),
        seed=material.seed,
        draws=format_number(material.spending.draws if material.spending else material.overview.draws),
    )


def _name(result: RunResult) -> str:
    return Path(result.fund_year.origin.name).stem


def _inhabitants(result: RunResult) -> list[str]:
    why = result.fund_year.reference_date_source
    line = _("{line}: counted by CBS", line=inhabitants_line(result.population))
    return [line, *([_("reference date: {why}", why=why)] if why else [])]


def _documents(result: RunResult) -> list[str]:
    """The reports that budgets of the ledger are read from, with their publisher."""
    stated = "\n".join(programme.programme.source for programme in result.by_programme)
    return [
        f"{document.document}: " + ", ".join(filter(None, (document.title, document.publisher, document.published)))
        for document in result.fund_year.ledger.documents.values()
        if document.document in stated
    ]
