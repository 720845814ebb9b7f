"""Every table of amounts on the terminal says whether VAT is in them."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app


@pytest.mark.parametrize("language, vat", [("en", "VAT"), ("nl", "btw")])
@pytest.mark.parametrize(
    "words",
    [
        ("run", "uitnamen-2017", "--verbose"),
        ("run", "grote-steden-verlaten-de-hulplijn", "-m", "Zwolle"),
        ("estimate", "Zwolle"),
        ("estimate", "Zwolle", "--years", "2026-2028"),
        ("compare", "fonds-ggu-2020", "half-fonds-ggu", "-m", "Zwolle"),
        ("forecast", "uitnamen-2017"),
        ("sweep", "fonds-ggu-2020", "--vary", "programmes.fonds-ggu.gross=50000000:60000000:3"),
        ("sweep", "fonds-ggu-2020", "--vary", "programmes.fonds-ggu.rate=3:4:3", "--outcome", "largest_bill"),
        (
            "seek",
            "fonds-ggu-2020",
            "--vary",
            "programmes.fonds-ggu.gross=50000000:60000000",
            "--until",
            "bill Zwolle <= 400000",
        ),
        ("horizon", "fonds-ggu-2020-2024", "-m", "Zwolle"),
    ],
    ids=" ".join,
)
def test_a_table_of_amounts_says_whether_vat_is_in_them(words: tuple[str, ...], language: str, vat: str) -> None:
    """In its headings, in the line above them or above the table that it continues, or else in each row."""
    outcome = CliRunner().invoke(app, [*words, "--lang", language], env={"COLUMNS": "160"})
    above = ""
    for block in re.split(r"\n\s*\n", outcome.stdout):
        if "€" in block and "───" in block:
            heading, _rule, rows = block.partition("───")
            in_each_row = rows.count(vat) >= sum("€" in row for row in rows.splitlines())
            assert in_each_row or vat in heading + above, block
        above = block if "───" not in block else above
