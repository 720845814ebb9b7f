"""Amounts are written as babel writes them, without asking it for each."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from babel.numbers import NumberFormatError, format_currency, format_decimal, parse_decimal
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from gguplan.commands.cli import app
from gguplan.inputs.written_amounts import parse_dutch
from gguplan.language import Language, written_in
from gguplan.reports.charts.axes import axis_amount
from gguplan.reports.workbook.styles import number_formats
from gguplan.wording.amounts import format_about, format_euros, format_number, per_inhabitant, signed

LANGUAGES = st.sampled_from(["nl", "en"])


@given(LANGUAGES, st.integers(-(10**17), 10**17) | st.integers(-200, 200))
def test_an_amount_is_what_babel_makes_of_it(language: Language, cents: int) -> None:
    with written_in(language):
        amount = format_euros(cents)
    above = format_currency(Decimal(abs(cents)) / 100, "EUR", locale=language).replace("\N{NO-BREAK SPACE}", " ")
    assert amount == f"-{above}" if cents < 0 else above


@given(LANGUAGES, st.decimals(-(10**6), 10**6, places=8) | st.decimals(-1, 1, places=6))
def test_euros_per_inhabitant_are_what_babel_makes_of_them(language: Language, euros: Decimal) -> None:
    pattern = {"nl": "¤ #,##0.0000;-¤ #,##0.0000", "en": "¤#,##0.0000;-¤#,##0.0000"}[language]
    with written_in(language):
        amount = per_inhabitant(euros)
    assert amount == format_currency(euros, "EUR", pattern, locale=language, currency_digits=False)


@given(LANGUAGES, st.integers(-(10**15), 10**15) | st.decimals(-(10**6), 10**6, places=3))
def test_a_number_is_what_babel_makes_of_it(language: Language, number: int | Decimal) -> None:
    with written_in(language):
        assert format_number(number) == format_decimal(number, locale=language, decimal_quantization=False)


@given(st.text("0123456789.,", min_size=1, max_size=12))
def test_a_dutch_print_is_read_as_babel_reads_it(digits: str) -> None:
    try:
        number = parse_decimal(digits, locale="nl", strict=True)
    except NumberFormatError:
        assert parse_dutch(digits) is None
    else:
        # Babel takes a number without whole euros, or without the cents behind its comma; a report prints neither.
        assert parse_dutch(digits) == (number if digits[0].isdigit() and digits[-1] != "," else None)


@pytest.mark.parametrize(
    ("language", "cents", "written"),
    [("nl", -123_456_789, "-€ 1.234.567,89"), ("en", -123_456_789, "-€1,234,567.89"), ("nl", 0, "€ 0,00")],
)
def test_an_amount_below_nothing_has_its_minus_before_the_whole(language: Language, cents: int, written: str) -> None:
    with written_in(language):
        assert format_euros(cents) == written


@given(LANGUAGES, st.integers(-(10**15), 10**15))
def test_the_sign_of_an_amount_stands_in_one_place_everywhere(language: Language, cents: int) -> None:
    """In text, roughly, per inhabitant, beside a chart, as a change, and in the workbook: before the euro sign."""
    with written_in(language):
        amounts = [
            signed(format_euros(cents), cents),
            format_about(cents, 1_000),
            per_inhabitant(Decimal(cents) / 100),
            axis_amount(cents, 0, 10**7),
            axis_amount(cents, 0, 1),
        ]
        formats = [form.split(";") for name, form in number_formats().items() if name in ("euros", "about", "rate")]
    for amount in amounts:
        assert "-" not in amount.removeprefix("-") and "+" not in amount.removeprefix("+")
        assert cents < 0 or "-" not in amount
    for above, below in formats:
        assert below == above.replace(']"€', ']-"€')


def test_what_is_to_come_of_a_small_fund_is_no_round_nought(tmp_path: Path) -> None:
    file = tmp_path / "klein.toml"
    file.write_text(
        'title = "Klein"\nyear = 2026\nreference_date = 2025-01-01\nreference_date_source = "x"\nsource = "x"\n'
        'members = ["Utrecht", "Zeist"]\n[programmes.a]\ntitle = "A"\ngross = "800.00"\nvat = "none"\n'
        '[horizon]\nlast = 2028\nopening = "10.00"\nunderspend = "general"\n'
        '[horizon.indexation]\nbetween = ["1.0", "3.0"]\nsource = "x"\n',
        encoding="utf-8",
    )

    def told_by(*words: str) -> str:
        outcome = CliRunner().invoke(app, [*words, "--lang", "en"])
        assert outcome.exit_code == 0, outcome.output
        return outcome.stdout + outcome.stderr

    assert "together pay between €810 and €822, with VAT" in told_by("run", str(file), "--year", "2027")
    swept = told_by("sweep", str(file), "--vary", "programmes.a.gross=700:900:3", "--draws", "100")
    assert re.search(r"Expected to be left over, without VAT +-€[1-9]\d\d ", swept)
    told_by("proposal", str(file), "--out", str(tmp_path / "paper.md"))
    assert re.search(
        r"\| 2027 \| [^|]+\| [\d,]+ \| €816 \| €810 \| €822 \|", (tmp_path / "paper.md").read_text("utf-8")
    )
