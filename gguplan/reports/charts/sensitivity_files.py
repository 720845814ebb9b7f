"""What drives a sweep as a picture: the tornado, and the shares under it."""

from __future__ import annotations

from pathlib import Path

from gguplan.model.sweep.result import SweepResult
from gguplan.reports.charts.drawing import Picture, chart_bytes
from gguplan.reports.charts.look import before_cascades, source_note
from gguplan.reports.charts.sensitivity import ShareRow, TornadoRow, tornado_chart
from gguplan.reports.terminal.sweep_words import outcome_in_words, shown


def tornado_bytes(result: SweepResult, outcome: str, file: Path) -> bytes:
    """The picture of `tornado_picture` as SVG or PNG, as the name of the file says."""
    return chart_bytes(tornado_picture(result, outcome), file)


def tornado_picture(result: SweepResult, outcome: str) -> Picture:
    """What each factor does by itself to an outcome, and which share it explains where shares are told."""
    rows = [
        TornadoRow(
            _short(swing.factor.path),
            swing.factor.role,
            shown(swing.factor, swing.low),
            shown(swing.factor, swing.high),
            swing.low_cents,
            swing.high_cents,
        )
        for swing in result.swings(outcome)
    ]
    base = result.base
    title = f"{outcome_in_words(result.base, outcome)}: {base.title}"
    shares = [ShareRow(_short(share.factor.path), share.share, share.error) for share in result.shares(outcome)]
    note = source_note([base.population], *before_cascades([base]))
    return tornado_chart(title, result.alone.base(outcome), rows, shares, note)


def _short(path: tuple[str | int, ...]) -> str:
    """What is varied, without the group of tables in which it stands: there is little room."""
    return ": ".join(map(str, path[1:] or path))
