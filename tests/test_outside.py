"""Who is outside: by name, in a group, in a province, by size, for a whole year or from or until a day."""

from __future__ import annotations

from pathlib import Path

import pytest

import gguplan
from gguplan.findings import InputError
from gguplan.fund.opt_outs import OptOut
from gguplan.inputs.scenario.reading import ScenarioInputs

HEAD = """
title = "T"
source = "invented for a test"
year = 2017
reference_date = 2017-01-01
[programmes.a]
title = "A"
vat = "none"
gross = "4200000.00"
[programmes.b]
title = "B"
vat = "none"
gross = "100.00"
"""


def read(tmp_path: Path, tables: str) -> ScenarioInputs:
    file = tmp_path / "s.toml"
    file.write_text(HEAD + tables, encoding="utf-8")
    return gguplan.load_scenario(file)


def only(tmp_path: Path, tables: str) -> tuple[ScenarioInputs, OptOut]:
    inputs = read(tmp_path, tables)
    (opt_out,) = inputs.opt_outs["a"]
    return inputs, opt_out


def names(inputs: ScenarioInputs, opt_out: OptOut) -> set[str]:
    return {
        municipality.name
        for municipality, days in zip(inputs.population.municipalities, opt_out.absence.days, strict=True)
        if days
    }


def test_a_group_is_named_once_and_used_like_a_municipality(tmp_path: Path) -> None:
    inputs, opt_out = only(
        tmp_path,
        """
        [groups.G4]
        municipalities = ["Amsterdam", "Rotterdam", "Den Haag", "Utrecht"]
        [opt_outs.a]
        municipalities = ["G4", "Berkelland"]
        settlement = "shrink"
        """,
    )
    assert names(inputs, opt_out) == {"Amsterdam", "Rotterdam", "'s-Gravenhage", "Utrecht", "Berkelland"}


@pytest.mark.parametrize(
    ("rule", "count"),
    [('province = "Flevoland"', 6), ("more_than = 300000", 4), ('province = "Utrecht"\nup_to = 20000', 9)],
)
def test_a_group_can_be_a_province_or_a_size(tmp_path: Path, rule: str, count: int) -> None:
    """CBS, 1 January 2017: population_data/2017.csv."""
    tables = f'[groups.some]\n{rule}\n[opt_outs.a]\nmunicipalities = ["some"]\nsettlement = "shrink"\n'
    inputs, opt_out = only(tmp_path, tables)
    assert len(names(inputs, opt_out)) == count


@pytest.mark.parametrize(
    ("period", "days"),
    [
        ("", 365),
        ("joins = 2017-04-01", 90),  # January, February and March
        ("leaves = 2017-10-01", 92),  # October, November and December
        ("joins = 2017-04-01\nleaves = 2017-10-01", 182),
        ("leaves = 2017-04-01\njoins = 2017-10-01", 183),
        ("joins = 2017-01-02", 1),
        ("leaves = 2017-12-31", 1),
    ],
)
def test_days_outside_are_counted_from_joining_and_leaving(tmp_path: Path, period: str, days: int) -> None:
    _inputs, opt_out = only(tmp_path, f'[opt_outs.a]\nmunicipalities = ["Utrecht"]\nsettlement = "shrink"\n{period}\n')
    assert int(opt_out.absence.days.max()) == days


def test_one_opt_out_can_be_of_a_group_of_programmes(tmp_path: Path) -> None:
    tables = """
    [programme_groups]
    both = ["a", "b"]
    [opt_outs.both]
    municipalities = ["Utrecht"]
    settlement = "shrink"
    """
    assert list(read(tmp_path, tables).opt_outs) == ["a", "b"]


def test_a_programme_can_have_several_opt_outs(tmp_path: Path) -> None:
    tables = """
    [opt_outs.a]
    municipalities = ["Utrecht"]
    settlement = "refund"
    leaves = 2017-07-01
    [opt_outs.others]
    programmes = ["a"]
    municipalities = ["Utrecht", "Zwolle"]
    settlement = "redistribute"
    joins = 2017-07-01
    """
    inputs = read(tmp_path, tables)
    assert [opt_out.name for opt_out in inputs.opt_outs["a"]] == ["a", "others"]
    (programme, _other) = gguplan.run(inputs).by_programme
    assert int(programme.participation.days_outside.max()) == 365


def test_a_refund_can_count_the_inhabitants_of_another_date(tmp_path: Path) -> None:
    """CBS: Utrecht had 338.967 inhabitants on 1 January 2016 (population_data/2016.csv)."""
    tables = """
    [opt_outs.a]
    municipalities = ["Utrecht"]
    settlement = "refund"
    rate = "0.25"
    reference_date = 2016-01-01
    """
    (programme, _other) = gguplan.run(read(tmp_path, tables)).by_programme
    assert programme.refunded == 338_967 * 25


def what(tmp_path: Path, tables: str) -> str:
    with pytest.raises(InputError) as caught:
        gguplan.run(read(tmp_path, tables))
    return "\n".join(finding.what for finding in caught.value.findings)


OUT = '[opt_outs.a]\nmunicipalities = ["Utrecht"]\nsettlement = "refund"\nrate = "0.25"\n'


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        (OUT + '[groups.Utrecht]\nmunicipalities = ["Zwolle"]', "'Utrecht' is the name of a municipality."),
        (OUT + '[groups.x]\nprovince = "Holland"', "'Holland' is not a province."),
        (OUT + "[groups.x]\nmore_than = 5000000", "There is no municipality in this group."),
        (OUT + "joins = 2018-04-01", "2018-04-01 does not lie in 2017."),
        (OUT + "joins = 2017-04-01\nleaves = 2017-04-01", "Who joins on the day of leaving is never outside."),
        (OUT + OUT.replace("opt_outs.a", "opt_outs.c"), "There is no programme 'c'."),
        (
            OUT + OUT.replace("opt_outs.a]", 'opt_outs.c]\nprogrammes = ["a"]'),
            "Utrecht (GM0344) is outside already by opt_outs.a.",
        ),
        (
            OUT.replace("Utrecht", "Meierijstad") + "reference_date = 2016-01-01",
            '"GM1948" is not a municipality on 1 January 2016.',
        ),
        ('[thresholds.c]\nmunicipalities = 3\notherwise = "not_levied"', "There is no programme 'c'."),
        (
            '[cascades.a]\nlimits = { Utrecht = "0.25" }',
            "387 municipalities have no limit: Appingedam, Bedum, Bellingwedde, Ten Boer, Delfzijl ….",
        ),
    ],
)
def test_what_cannot_be_is_told(tmp_path: Path, tables: str, expected: str) -> None:
    assert expected in what(tmp_path, tables)
