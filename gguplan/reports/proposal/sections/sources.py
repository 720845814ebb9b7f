"""For who wants to redo the sums: where every figure comes from, and how and with what it was computed."""

from __future__ import annotations

from pathlib import Path

from gguplan.language import _, listed_with_and
from gguplan.model.result import RunResult
from gguplan.model.spending import Spending
from gguplan.reports.beside_a_forecast import of_another_fund
from gguplan.reports.proposal.blocks import Heading, Items, Paragraph, Part, Table, see
from gguplan.reports.proposal.material import Material
from gguplan.reports.proposal.sentences.balance import unit_of_balance
from gguplan.reports.proposal.sentences.spending import unit_of
from gguplan.reports.terminal.forecast import history_line, limits_in_words
from gguplan.wording.adjustments import sources_of
from gguplan.wording.amounts import decimals, format_about, format_number
from gguplan.wording.changes import changes_in_words
from gguplan.wording.file_names import public_name
from gguplan.wording.other_dates import reason_of_the_date
from gguplan.wording.population import counted_in_words, inhabitants_line
from gguplan.wording.sources import stated_source


def sources(material: Material) -> list[Part]:
    """The inhabitants, the scenario and its baseline, every programme, every document; then draws and the program."""
    result = material.result
    lines = [*_inhabitants(result)]
    if material.comparison and material.comparison.baseline.result.population.year != result.population.year:
        before = material.comparison.baseline.result.population
        values = {"line": inhabitants_line(before), "counted": counted_in_words(before.source)}
        lines.append(_("{line}: {counted}, for the baseline", **values))
    for run in [result, *([material.comparison.baseline.result] if material.comparison else [])]:
        scenario = run.fund_year
        source = f": {scenario.source}" if scenario.source else ""
        lines.append(_("Scenario {name}, “{title}”{source}", name=_name(run), title=scenario.title, source=source))
    lines += _started_from(material)
    if result.fund_year.origin.settings:
        lines.append(_("Changed for this paper: {settings}", settings="; ".join(result.fund_year.origin.settings)))
    lines += _rules_of_programmes(result)
    lines += _documents(result)
    heading, changes = changes_in_words(result.fund_year)
    differing: list[Part] = [Heading(3, heading), Items(tuple(changes))] if changes else []
    return [
        Heading(1, _("Annex: sources and method")),
        Heading(2, _("Sources")),
        Items(tuple(lines)),
        *differing,
        Paragraph(_("{table} has the source of every budget.", table=see("sources"))),
        Table(
            "sources",
            _("Source of every budget"),
            (_("Programme"), _("Source")),
            tuple(
                (programme.programme.title, stated_source(programme.programme.source))
                for programme in result.by_programme
            ),
            (38, 62),
            words=2,
        ),
        Heading(2, _("Method")),
        Items(tuple(_method(material))),
    ]


def _started_from(material: Material) -> list[str]:
    """The files below the scenario and its baseline, from which figures come too."""
    origin = material.result.fund_year.origin
    runs = [material.result, *([material.comparison.baseline.result] if material.comparison else [])]
    # By name, for who verifies the paper reads both of them from its record.
    named = {_name(run) for run in runs}
    files = [
        name for name in (public_name(file).removesuffix(".toml") for file in origin.files[1:]) if name not in named
    ]
    if not files:
        return []
    return [_("Scenario {name} starts from {files} too", name=_name(material.result), files=listed_with_and(files))]


def _method(material: Material) -> list[str]:
    """What the forecast learnt from and cannot know, how often was drawn and how precise that is, and the program."""
    lines = [made_with(material)]
    spent, horizon, overview = material.spending, material.horizon, material.overview
    if spent is not None:
        lines.append(_history(material, spent))
        if not spent.known and spent.total_error:
            lines.append(
                _(
                    "What will be spent: {draws} draws (seed {seed}); the ends of sums have a standard error of "
                    "{error} or less.",
                    draws=format_number(spent.draws),
                    seed=spent.seed,
                    error=format_about(round(spent.total_error), unit_of(spent)),
                )
            )
        lines += limits_in_words(spent, material.result.population)
    if horizon is not None:
        lines.append(
            _(
                "The balance: {draws} draws (seed {seed}); the ends of its interval have a standard error of {error} "
                "or less.",
                draws=format_number(horizon.draws),
                seed=horizon.seed,
                error=format_about(round(horizon.closing_error()), unit_of_balance(horizon)),
            )
        )
    lines += [
        _(
            "Who leaves {title}: {draws} draws of what municipalities accept (seed {seed}); the chance of collapse has "
            "a standard error of {error} %.",
            title=material.result.fund_year.titles[name],
            draws=format_number(overview.draws),
            seed=overview.seed,
            error=decimals(100 * cascade.chance_of_collapse[1], 1),
        )
        for name, cascade in overview.cascades.items()
    ]
    return lines


def _history(material: Material, spent: Spending) -> str:
    """What the forecast learnt from, and whose that was where it was not of this fund."""
    line = f"{history_line(spent)}."
    if not of_another_fund(spent, material.result.population):
        return line
    return f"{line} {_('These are programmes of another fund: of this one no history is known.')}"


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
    why = reason_of_the_date(result.fund_year, result.other_dates)
    line = f"{inhabitants_line(result.population)}: {counted_in_words(result.population.source)}"
    return [line, *([_("Reference date ({why})", why=why)] if why else [])]


def _rules_of_programmes(result: RunResult) -> list[str]:
    """Where it says who is outside a programme, how many must take part and what will be spent of it."""
    scenario, lines = result.fund_year, []
    for programme in result.by_programme:
        name, title = programme.name, programme.programme.title
        lines += [
            _("Opt-outs of {title}: {source}", title=title, source=stated_source(opt_out.source))
            for opt_out in programme.opt_outs
        ]
        if (threshold := scenario.thresholds.get(name)) is not None:
            lines.append(_("Threshold of {title}: {source}", title=title, source=stated_source(threshold.source)))
        if (stated := scenario.realisation.get(name)) is not None:
            source = stated_source(stated.source)
            lines.append(_("What will be spent of {title}: {source}", title=title, source=source))
        if (acceptance := scenario.acceptance.get(name)) is not None:
            lines.append(_("Cascade of {title}: {source}", title=title, source=stated_source(acceptance.source)))
        lines += [
            _("{title}, {what}: {source}", title=title, what=what, source=stated_source(source))
            for adjusted in programme.participation.adjusted
            for what, source in sources_of(adjusted.adjustment)
        ]
    return list(dict.fromkeys(lines))


def _documents(result: RunResult) -> list[str]:
    """The reports that budgets of the ledger are read from, with their publisher."""
    stated = "\n".join(programme.programme.source for programme in result.by_programme)
    return [
        f"{document.document}: " + ", ".join(filter(None, (document.title, document.publisher, document.published)))
        for document in result.fund_year.ledger.documents.values()
        if document.document in stated
    ]
