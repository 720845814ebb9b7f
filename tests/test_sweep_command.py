"""``gguplan sweep``: what it prints and writes, and that an interruption loses nothing."""

from __future__ import annotations

import csv
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner, Result

from gguplan.commands.cli import app
from gguplan.fund.sweep_plan import Factor, ValueSort
from gguplan.language import written_in
from gguplan.reports.terminal.sweep_words import broken_path, shown
from gguplan.runs.outputs import sweep as sweep_files

GRID = (
    "--vary=programmes.ibd.gross=1900000:2100000:3",
    "--vary=opt_outs.luisterend-oor.settlement=refund,shrink,redistribute,absorb",
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.chdir(tmp_path)
    yield tmp_path


def sweep(*arguments: str, scenario: str = "uitnamen-2017") -> Result:
    return CliRunner().invoke(app, ["sweep", scenario, *arguments])


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


# --- what is written --------------------------------------------------------------------------------


def test_the_table_has_a_row_a_variant_with_units_in_the_names_of_the_columns(folder: Path) -> None:
    assert sweep(*GRID, "-m", "Zwolle", "--out", "uit.csv").exit_code == 0
    rows = rows_of(folder / "uit.csv")
    assert [row["variant"] for row in rows] == [str(number) for number in range(1, 13)]
    first = rows[0]
    assert (first["lever.programmes.ibd.gross_euros"], first["lever.opt_outs.luisterend-oor.settlement"]) == (
        "1900000.00",
        "refund",
    )
    for row in rows:
        left = Decimal(row["contributions_euros"]) - Decimal(row["refunds_euros"]) + Decimal(row["drawn_euros"])
        assert left == Decimal(row["available_euros"])
        assert row["problem"] == ""
    assert not (folder / "uit.csv.unfinished").exists()


def test_a_row_of_the_table_is_what_run_writes_with_the_same_settings(folder: Path) -> None:
    assert sweep(*GRID, "-m", "Zwolle", "--out", "uit.csv").exit_code == 0
    row = rows_of(folder / "uit.csv")[6]
    settings = [
        f"--set=programmes.ibd.gross={row['lever.programmes.ibd.gross_euros']}",
        f"--set=opt_outs.luisterend-oor.settlement={row['lever.opt_outs.luisterend-oor.settlement']}",
    ]
    answer = json.loads(CliRunner().invoke(app, ["run", "uitnamen-2017", *settings, "--json"]).stdout)
    for name in ("gross", "contributions", "refunds", "drawn", "available", "available_net"):
        assert row[f"{name}_euros"] == answer["fund"][name]
    zwolle = next(municipality for municipality in answer["municipalities"] if municipality["gm_code"] == "GM0193")
    assert row["to_pay_GM0193_euros"] == zwolle["to_pay"]


def test_a_price_that_is_varied_is_in_euros_per_unit(folder: Path) -> None:
    (folder / "prijs.toml").write_text(
        'title = "Prijs"\nsource = "invented for a test"\nyear = 2020\nreference_date = 2019-01-01\n'
        '[programmes.a]\ntitle = "A"\nvat = "none"\nvolume = 1000\nprice = "1.25"\n',
        encoding="utf-8",
    )
    vary = ("--vary=programmes.a.price=1.25:1.5:3", "--out", "uit.csv")
    assert sweep(*vary, scenario="prijs.toml").exit_code == 0
    rows = rows_of(folder / "uit.csv")
    prices = [(row["lever.programmes.a.price_euros_per_unit"], row["gross_euros"]) for row in rows]
    assert prices == [("1.25", "1250.00"), ("1.375", "1375.00"), ("1.50", "1500.00")]


def test_parquet_holds_the_same_table_with_exact_amounts(folder: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    assert sweep(*GRID, "--out", "uit.csv").exit_code == sweep(*GRID, "--out", "uit.parquet").exit_code == 0
    table = parquet.read_table(folder / "uit.parquet").to_pylist()
    rows = rows_of(folder / "uit.csv")
    assert [str(row["to_pay_euros"]) for row in table] == [row["to_pay_euros"] for row in rows]
    assert list(table[0]) == list(rows[0])


def test_parquet_is_made_in_parts_also_where_no_variant_of_a_part_can_be_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    vary = (
        "--vary=programmes.luisterend-oor.gross=700000,4200000",
        "--vary=opt_outs.luisterend-oor.rate=0.30,0.25",
    )
    assert sweep(*vary, "--out", "whole.parquet").exit_code == 0
    monkeypatch.setattr("gguplan.reports.tables.sweep_parquet.ROWS_AT_ONCE", 1)
    assert sweep(*vary, "--out", "parts.parquet").exit_code == 0
    assert parquet.ParquetFile(folder / "parts.parquet").num_row_groups == 4
    parts, whole = (parquet.read_table(folder / f"{name}.parquet") for name in ("parts", "whole"))
    assert parts.equals(whole) and len(list(filter(None, whole["problem"].to_pylist()))) == 1


def test_a_folder_gets_the_variants_the_swings_and_the_shares(folder: Path) -> None:
    assert sweep(*GRID, "--out", "uit").exit_code == 0
    assert {file.name for file in (folder / "uit").iterdir()} >= {"variants.csv", "swings.csv", "shares.csv"}
    swings = [row for row in rows_of(folder / "uit" / "swings.csv") if row["outcome"] == "to_pay"]
    assert {(row["role"], row["factor"]) for row in swings} == {
        ("lever", "programmes.ibd.gross"),
        ("lever", "opt_outs.luisterend-oor.settlement"),
    }
    shares = [float(row["share_of_variance"]) for row in rows_of(folder / "uit" / "shares.csv")]
    assert all(0 <= share <= 1 for share in shares)


def test_a_variant_whose_sum_cannot_be_made_has_an_empty_row_with_the_reason(folder: Path) -> None:
    """At € 700,000 a refund of 0.25 (€ 684,344.50) can be paid, and one of 0.30 from € 1,000,000; not both at worst."""
    outcome = sweep(
        "--vary=programmes.luisterend-oor.gross=700000,4200000",
        "--vary=opt_outs.luisterend-oor.rate=0.25,0.30",
        "--out=uit.csv",
    )
    assert outcome.exit_code == 0, outcome.stderr
    (wrong,) = [row for row in rows_of(folder / "uit.csv") if row["problem"]]
    assert (wrong["to_pay_euros"], wrong["average_euros_per_inhabitant"], wrong["largest_bill_gm_code"]) == ("", "", "")
    assert "€821,213.40, are more than the budget, €700,000.00" in wrong["problem"]
    assert "The sum of 1 variant cannot be made" in outcome.stdout


def test_a_sweep_of_the_scenario_itself_keeps_levers_and_uncertainties_apart() -> None:
    answer = json.loads(sweep("--json", scenario="hulplijn-in-varianten").stdout)
    assert (answer["sample"], answer["size"], len(answer["variants"])) == ("sobol", 512, 512)
    assert {(factor["role"], factor["path"]) for factor in answer["factors"]} == {
        ("lever", "programmes.luisterend-oor.gross"),
        ("lever", "opt_outs.luisterend-oor.settlement"),
        ("uncertainty", "opt_outs.luisterend-oor.municipalities"),
        ("uncertainty", "reference_date"),
    }
    assert all(factor["source"] for factor in answer["factors"])
    # A settlement does nothing where nobody is outside: the rest is what they do to each other.
    assert 0.8 < sum(share["share"] for share in answer["shares"]) < 1


PROGRAMMES = (
    *("akj", "brp", "coordinatie-sociaal-domein", "digitale-agenda", "dkd", "gmsd", "ibd", "isd-beheer"),
    *("kindertelefoon", "nup", "privacy-ensia", "samen-organiseren", "veilig-thuis-nummer", "woz"),
    *("14-netnummer", "doventolk-leefdomein", "luisterend-oor", "opvang-eergerelateerd-geweld"),
    *("adoptievoorzieningen", "burgerzakenmodules"),
)


@pytest.fixture
def many_factors(folder: Path) -> Callable[[int | None], str]:
    """A scenario that varies the budget of 20 programmes, each by half a million: a sum, so nothing interacts."""

    def written(size: int | None) -> str:
        ranges = [
            f'[sweep.uncertainties."programmes.{name}.gross"]\nbetween = ["5000000.00", "5500000.00"]\nsource = "x"\n'
            for name in PROGRAMMES
        ]
        head = 'title = "x"\nextends = "uitnamen-2017"\nsource = "x"\n[sweep]\nsample = "sobol"\n'
        file = folder / "veel.toml"
        file.write_text("".join([head, f"size = {size}\n" if size else "", *ranges]), encoding="utf-8")
        return str(file)

    return written


def test_twenty_programmes_of_a_sum_explain_all_of_it(
    many_factors: Callable[[int | None], str],
) -> None:
    """Each has a twentieth, to the tenth of a percent within what the 64 values of a sample vary by themselves."""
    printed = sweep("--lang=en", scenario=many_factors(64)).stdout
    assert "Together they explain all of it: they do nothing to each other." in printed
    result = json.loads(sweep("--json", scenario=many_factors(64)).stdout)
    assert [share["share"] for share in result["shares"]] == pytest.approx([0.05] * 20, abs=0.002)
    assert result["left"]["interaction"] is False


def test_too_few_variants_say_how_many_are_enough(many_factors: Callable[[int | None], str]) -> None:
    printed = sweep("--lang=en", scenario=many_factors(32)).stdout
    assert "32 variants are too few to say what each explains" in printed
    assert printed.rstrip().endswith("Write size = 1024.")
    assert json.loads(sweep("--json", scenario=many_factors(32)).stdout)["left"] == {"enough_variants": 1_024}


def test_so_many_factors_are_given_as_many_variants_as_they_need(many_factors: Callable[[int | None], str]) -> None:
    assert "Add size = 1024." in sweep("--lang=en", scenario=many_factors(None)).stderr


def test_an_outcome_of_which_the_drivers_are_told_can_be_chosen() -> None:
    answer = json.loads(sweep(*GRID, "--outcome", "drawn", "--json").stdout)
    assert (answer["outcome"], answer["as_it_is"]) == ("drawn", "0.00")
    assert answer["shares"][0]["factor"] == "opt_outs.luisterend-oor.settlement"


@pytest.mark.parametrize("name", ["tornado.svg", "tornado.png"])
def test_the_tornado_can_be_drawn(folder: Path, name: str) -> None:
    assert sweep(*GRID, "--chart", name).exit_code == 0
    assert (folder / name).read_bytes()[:4] in (b"<svg", b"\x89PNG")


def test_the_shares_stand_under_the_tornado(folder: Path) -> None:
    answer = json.loads(sweep(*GRID, "--chart", "tornado.svg", "--json").stdout)
    drawn = (folder / "tornado.svg").read_text(encoding="utf-8").replace("\N{NO-BREAK SPACE}", " ")
    assert len(answer["shares"]) == 2
    for share in answer["shares"]:
        name = share["factor"].split(".", 1)[1].replace(".", ": ")
        assert f"{name}: {100 * share['share']:.1f} %" in drawn
        assert f">{100 * share['share']:.1f} %</text>" in drawn


def test_a_path_without_room_is_broken_after_a_dot() -> None:
    printed = sweep("--vary=programmes.luisterend-oor.gross=4000000:5000000:2", GRID[1], "--lang", "nl").stdout
    assert max(map(len, printed.splitlines())) <= 100
    start = printed.index("van → naar")
    lines = [line.split("   ")[0].strip() for line in printed[start:].splitlines()[2:6]]
    assert lines == ["programmes.luisterend-oor.", "gross", "opt_outs.luisterend-oor.", "settlement"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text("ab-", min_size=1, max_size=9), min_size=1, max_size=6), st.integers(1, 30))
def test_a_broken_path_is_the_same_path_and_keeps_its_keys_whole(keys: list[str], width: int) -> None:
    lines = broken_path(".".join(keys), width).split("\n")
    assert "".join(lines) == ".".join(keys)
    assert all(line.endswith(".") for line in lines[:-1])
    assert all(len(line) <= width or line.rstrip(".").count(".") == 0 for line in lines)


def test_no_progress_bar_stands_in_a_pipe() -> None:
    assert sweep(*GRID).stderr == ""


# --- going on after an interruption -----------------------------------------------------------------

LONG = (
    *("--vary=programmes.ibd.gross=1900000:2100000:50", "--vary=programmes.akj.gross=7000000:8000000:50"),
    "--workers=1",
)
"""A second of work in five blocks."""

ENDLESS = (
    "--vary=programmes.ibd.gross=1900000:2100000:50",
    "--vary=programmes.akj.gross=7000000:8000000:1000",
    LONG[-1],
)
"""So much work that it is not done before somebody looks, however busy the machine is."""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The table of a sweep that nothing interrupted."""
    file = tmp_path_factory.mktemp("whole") / "uit.csv"
    assert sweep(*LONG, "--out", str(file)).exit_code == 0
    return file.read_bytes()


def start(*arguments: str) -> subprocess.Popen[str]:
    # The test goes before the sweep on a busy machine, or that would be done before somebody looks.
    words = [
        *(["nice"] if os.name == "posix" else []),
        sys.executable,
        "-m",
        "gguplan",
        "sweep",
        "uitnamen-2017",
        *arguments,
        "--lang=en",
    ]
    # Tests that run in the background of a shell ignore an interruption, and so would what they start.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    finally:
        signal.signal(signal.SIGINT, before)


def blocks_kept(folder: Path) -> int:
    return len(list((folder / "uit.csv.unfinished").glob("block-*")))


def test_killed_at_random_moments_a_sweep_goes_on_where_it_was_and_ends_the_same(folder: Path, whole: bytes) -> None:
    generator, kept, rounds = random.Random(6), 0, 0
    while not (folder / "uit.csv").exists():
        rounds += 1
        if rounds > 2:
            assert sweep(*LONG, "--out", "uit.csv").exit_code == 0
            break
        process = start(*LONG, "--out", "uit.csv")
        while blocks_kept(folder) == kept and process.poll() is None:
            time.sleep(0.01)
        if process.poll() is None:
            time.sleep(generator.uniform(0, 0.1))
            process.kill()
        process.communicate()
        assert blocks_kept(folder) >= kept or (folder / "uit.csv").exists()
        kept = blocks_kept(folder)
    assert rounds > 1
    assert (folder / "uit.csv").read_bytes() == whole
    assert not (folder / "uit.csv.unfinished").exists()


def test_interrupted_while_it_writes_it_names_no_file_that_it_keeps_for_itself(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sweep_files, "files", interrupted)
        outcome = sweep(*GRID, "--out", "uit.csv")
    assert outcome.exit_code == 130
    assert outcome.stderr == (
        "Interrupted: 12 of 12 variants were worked out.\nThey are kept: give the same command again to go on.\n"
    )
    assert not (folder / "uit.csv").exists() and blocks_kept(folder)
    again = sweep(*GRID, "--out", "uit.csv")
    assert (again.exit_code, again.stderr) == (0, "12 variants were worked out before and are kept.\n")


@pytest.mark.skipif(os.name != "posix", reason="signals as in POSIX")
def test_interrupted_it_tells_how_to_go_on_and_another_plan_does_not_mix(folder: Path) -> None:
    process = start(*ENDLESS, "--out", "uit.csv")
    while not blocks_kept(folder) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _out, errors = process.communicate()
    assert process.returncode == 130
    first, second = errors.splitlines()
    assert re.fullmatch(r"Interrupted: [\d,]+ of 50,000 variants were worked out\.", first)
    assert second == "They are kept: give the same command again to go on."
    assert not (folder / "uit.csv").exists()

    kept = blocks_kept(folder)
    refused = sweep(*ENDLESS, "--draws=1", "--out", "uit.csv")
    assert refused.exit_code == 2
    assert "An unfinished sweep is kept here, of another scenario, plan or data." in refused.stderr
    assert blocks_kept(folder) == kept

    anew = sweep(*GRID, "--out", "uit.csv", "--force")
    assert (anew.exit_code, anew.stderr) == (0, "")
    assert len(rows_of(folder / "uit.csv")) == 12


def test_a_block_that_cannot_be_read_is_worked_out_again(folder: Path, whole: bytes) -> None:
    process = start(*LONG, "--out", "uit.csv")
    while not blocks_kept(folder) and process.poll() is None:
        time.sleep(0.01)
    assert process.poll() is None
    process.kill()
    process.communicate()
    for block in (folder / "uit.csv.unfinished").glob("block-*"):
        block.write_bytes(block.read_bytes()[:200])
    assert sweep(*LONG, "--out", "uit.csv").exit_code == 0
    assert (folder / "uit.csv").read_bytes() == whole


@pytest.mark.parametrize(
    ("path", "leaf", "choices", "text", "words"),
    [
        (("programmes", "ibd", "gross"), "amount", ("1089000.00", "2000000.00"), "1089000.00", "€ 1.089.000,00"),
        (("programmes", "ibd", "gross"), "amount", ('"4000000"', '"5000000"'), '"4000000"', "€ 4.000.000,00"),
        (("programmes", "ibd", "rate"), "rate", ("0.05", "0.065"), "0.065", "€ 0,065"),
        (("horizon", "indexation", "percent"), "rate", (), "2.00", "2,00 %"),
        (("realisation", "ibd", "level"), "rate", (), "0.95", "0,95"),
        (("horizon", "last"), "whole_number", (), "2029", "2029"),
        (("opt_outs", "ibd", "settlement"), "other", ("refund", "shrink"), "shrink", "shrink"),
    ],
)
def test_a_value_that_is_varied_reads_as_an_amount_or_a_percentage_also_as_a_choice(
    path: tuple[str, ...], leaf: ValueSort, choices: tuple[str, ...], text: str, words: str
) -> None:
    with written_in("nl"):
        assert shown(Factor(path, "lever", leaf, choices=choices), text).replace("\xa0", " ") == words
