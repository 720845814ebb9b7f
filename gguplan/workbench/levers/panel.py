"""The levers of an answer: what is typed, what it was, and each finding at the lever that it is about."""

from __future__ import annotations

from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.scenario.layers import copied
from gguplan.inputs.scenario.settings import existing_path, put, shown_setting, value_of
from gguplan.workbench.bench import Answer, Bench, Worked
from gguplan.workbench.changes import path_of
from gguplan.workbench.levers.from_schema import Panel


def panel_of(answer: Answer, bench: Bench) -> Panel:
    """The levers of the variant that is worked on."""
    worked = answer.worked
    before = bench.bases.read(worked.variant.base).layers.data
    typed = {path_of(setting): setting.partition("=")[2] for setting in worked.variant.settings}
    return Panel(_typed_data(worked), before, typed, by_path(worked), answer.state.tables)


def by_path(worked: Worked) -> dict[str, list[Finding]]:
    """The findings by the path of the setting that they are about."""
    paths = {shown_setting(setting): path_of(setting) for setting in worked.variant.settings}
    findings: dict[str, list[Finding]] = {}
    for finding in worked.findings:
        if finding.place.file in paths:
            findings.setdefault(paths[finding.place.file], []).append(finding)
    return findings


def elsewhere(worked: Worked) -> list[Finding]:
    """The findings that are about no setting."""
    places = set(map(shown_setting, worked.variant.settings))
    return [finding for finding in worked.findings if finding.place.file not in places]


def _typed_data(worked: Worked) -> dict[str, object]:
    """What the scenario says, with what is wrong in it as it was typed."""
    layers = worked.inputs.layers
    if not worked.without:
        return layers.data
    data: dict[str, object] = copied(layers.data)
    for setting in worked.without:
        path, _equals, text = setting.partition("=")
        try:
            put(data, existing_path(layers, path.strip(), Place("")), value_of(text.strip(), Place("")))
        except (InputError, KeyError, IndexError, TypeError, AttributeError):
            continue
    return data
