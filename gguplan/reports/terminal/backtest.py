"""A backtest on the terminal: the model beside the naive rules, and every place where one of them wins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from gguplan.language import _, plural
from gguplan.model.realisation.backtest.naive_rules import RULES
from gguplan.model.realisation.backtest.scores_of import PINBALL_AT, SURE, Backtest
from gguplan.model.realisation.backtest.verdict import Difference, Line, table, verdict
from gguplan.reports.terminal import console as text
from gguplan.wording.amounts import decimals, format_number
from gguplan.wording.budget_kinds import budget_kind_in_words

if TYPE_CHECKING:
    from rich.table import Table

_SHOWN_WINS = 12


def print_backtest(backtest: Backtest, plain: Backtest) -> None:
    """Print the scores and the verdict of one design; `plain` is that of the model without the rise of prices."""
    out = text.console()
    out.print(design_in_words(backtest), style="bold", soft_wrap=True)
    if not len(backtest.programmes):
        out.print(_("There are too few years to test anything on."))
        return
    lines = table(backtest)
    out.print(_rules([line for line in lines if line.part == "all"]))
    out.print()
    out.print(_scores(lines))
    out.print()
    out.print(_with_and_without_prices(lines, table(plain)))
    out.print(
        _(
            "CRPS: how far the forecast lies from what came, in ratio; lower is better. Covered: how often what came "
            "lay in the 50, 80 and 90 % interval, and width: how wide those are. Pinball: the mean loss of seven "
            "quantiles."
        ),
        soft_wrap=True,
    )
    wins = verdict(backtest)
    if not wins:
        out.print(_("No naive rule wins anywhere."))
        return
    out.print(
        plural(
            "A naive rule wins in {count} place (mean CRPS of the model less its own ± standard error):",
            "A naive rule wins in {count} places (mean CRPS of the model less its own ± standard error):",
            len(wins),
        ),
        soft_wrap=True,
    )
    for win in wins[:_SHOWN_WINS]:
        out.print(f"• {_win(win)}", soft_wrap=True)
    if len(wins) > _SHOWN_WINS:
        out.print("• …")


def design_in_words(backtest: Backtest) -> str:
    """How the years were kept from the model."""
    return {
        "rolling_origin": _("Each year forecast from one to five years before it"),
        "leave_one_year_out": _("Each year forecast from all the others"),
    }[backtest.design]


def _rules(lines: list[Line]) -> Table:
    """Mean CRPS of the model and of every naive rule, over all rows."""
    rows = [
        [_what(line.what), decimals(line.crps["model"], 4), *(decimals(line.crps[rule], 4) for rule in RULES)]
        for line in lines
    ]
    return text.table([_("CRPS"), _("model"), *map(_rule, RULES)], rows)


def _scores(lines: tuple[Line, ...]) -> Table:
    rows = []
    for line in lines:
        rows.append(
            [
                f"{_what(line.what)}, {_part(line.part)}",
                format_number(line.rows),
                decimals(line.crps["model"], 4),
                decimals(sum(line.pinball["model"]) / len(PINBALL_AT), 4),
                decimals(line.bias["model"], 3),
                " / ".join(decimals(100 * share, 0) for share in line.covered),
                " / ".join(decimals(width, 2) for width in line.width),
            ]
        )
    headings = [
        _("What"),
        _("rows"),
        _("CRPS"),
        _("pinball"),
        _("bias"),
        _("covered, %"),
        _("width"),
    ]
    return text.table(headings, rows)


def _with_and_without_prices(lines: tuple[Line, ...], plain: tuple[Line, ...]) -> Table:
    """The model, which measures budgets in constant prices, beside the same model that takes them as they stand."""
    without = {(line.what, line.part): line for line in plain}
    pairs = [(line, without[line.what, line.part]) for line in lines if line.part == "all"]
    rows = [
        [
            _what(line.what),
            *(decimals(scored.crps["model"], 4) for scored in (line, plain_line)),
            *(decimals(scored.bias["model"], 3) for scored in (line, plain_line)),
            *(decimals(100 * scored.covered[SURE.index(0.8)], 0) for scored in (line, plain_line)),
        ]
        for line, plain_line in pairs
    ]
    headings = [
        _("What"),
        _("CRPS, constant prices"),
        _("CRPS, as budgeted"),
        _("bias, constant prices"),
        _("bias, as budgeted"),
        _("80 % covers, constant prices"),
        _("80 % covers, as budgeted"),
    ]
    return text.table(headings, rows)


def _win(win: Difference) -> str:
    capped = _(" (capped at 1)") if win.capped else ""
    if win.years < 2:
        return _(
            "{what}, {part}{capped}: {rule}, {difference} (one year: no standard error)",
            what=_what(win.what),
            part=_part(win.part),
            capped=capped,
            rule=_rule(win.rule),
            difference=decimals(win.difference, 4),
        )
    return _(
        "{what}, {part}{capped}: {rule}, {difference} ± {error}",
        what=_what(win.what),
        part=_part(win.part),
        capped=capped,
        rule=_rule(win.rule),
        difference=decimals(win.difference, 4),
        error=decimals(win.error, 4),
    )


def _what(what: str) -> str:
    return {
        "programmes": _("programmes"),
        "total": _("totals in euros"),
        "mean_ratio": _("mean ratios of groups"),
    }[what]


def _part(part: str) -> str:
    words = {"all": _("all"), "small": _("small"), "middle": _("middle"), "large": _("large")}
    if part.endswith(" years"):
        count = int(part.removesuffix(" years"))
        return plural("{count} year of history", "{count} years of history", count)
    return words.get(part) or budget_kind_in_words(part)


def _rule(rule: str) -> str:
    return {
        "ratio_1": _("ratio 1"),
        "last_year": _("last year"),
        "own_mean": _("own mean"),
        "pooled_mean": _("pooled mean"),
        "bootstrap": _("bootstrap"),
    }[rule]


def backtest_as_dict(backtest: Backtest, plain: Backtest) -> dict[str, Any]:
    """The scores and the verdict for a machine; `plain` is the model without the rise of prices."""
    return {
        "design": backtest.design,
        "lines": [asdict(line) for line in table(backtest)] if len(backtest.programmes) else [],
        "lines_as_budgeted": [asdict(line) for line in table(plain)] if len(plain.programmes) else [],
        "naive_rules_that_win": [asdict(win) for win in verdict(backtest)] if len(backtest.programmes) else [],
    }
