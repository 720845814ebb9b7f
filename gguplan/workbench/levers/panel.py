"""The levers of an answer: what is typed, what it was, and each finding at the lever that it is about."""

from __future__ import annotations

from gguplan.findings import Finding, Place
from gguplan.inputs.typed_amounts import UnreadableAmount
from gguplan.workbench.bench import Answer, Bench, Worked
from gguplan.workbench.changes import keys_of, path_of
from gguplan.workbench.levers.amounts_of_the_page import as_a_setting
from gguplan.workbench.levers.from_schema import Panel
from gguplan.workbench.typed_scenario import as_typed


def panel_of(answer: Answer, bench: Bench) -> Panel:
    """The levers of the variant that is worked on."""
    worked = answer.worked
    before = bench.bases.read(worked.variant.base).layers.data
    typed = {path_of(setting): setting.partition("=")[2] for setting in worked.variant.settings}
    return Panel(as_typed(worked), before, typed, by_path(worked), answer.state.tables)


def by_path(worked: Worked) -> dict[str, list[Finding]]:
    """The findings by the path of the setting that they are about."""
    findings: dict[str, list[Finding]] = {}
    for change in worked.wrong:
        for path in map(path_of, change.settings):
            findings.setdefault(path, []).append(change.finding)
    for setting in worked.without:
        path, _equals, text = setting.partition("=")
        keys = keys_of(worked.inputs.layers, path.strip())
        try:
            as_a_setting(keys, text)
        except UnreadableAmount as problem:
            # The page takes more ways to write an amount than the command line.
            first, *_more = findings.get(path.strip(), [Finding(Place(path), "", "")])
            findings[path.strip()] = [Finding(first.place, problem.what, problem.remedy)]
    return findings


def elsewhere(worked: Worked) -> list[Finding]:
    """The findings of which it cannot be told which setting they are about."""
    return [change.finding for change in worked.wrong if not change.settings]
