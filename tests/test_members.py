"""A fund of some municipalities: they alone divide, are counted and are shown, in its own year and in others."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import gguplan
from gguplan.commands.cli import app
from gguplan.findings import InputError
from gguplan.fund.reference_dates import OtherDateOfAll
from gguplan.inputs.ledger.ledger_files import load_ledger
from gguplan.inputs.ledger.realised_years import realised_years
from gguplan.inputs.population.years import load_population
from gguplan.inputs.scenario.reading import ScenarioInputs
from gguplan.language import set_language
from gguplan.model.comparison import Comparison
from gguplan.model.result import run
from gguplan.reports.page.figures import classes_of, figures_of
from gguplan.runs.bills_by_year import bills_by_year
from gguplan.runs.comparison import over_the_latest
from gguplan.runs.other_dates import other_dates
from gguplan.runs.years_ahead import years_ahead_of
from gguplan.wording.other_dates import others_in_words
from tests.oracle import largest_remainder

VOORNE = ("Brielle", "Hellevoetsluis", "Westvoorne")
"""They became Voorne aan Zee on 1 January 2023: population_data/mergers.csv."""


def written(folder: Path, members: str, tables: str = "", year: int = 2020, counted: int = 2019) -> Path:
    file = folder / "fund.toml"
    file.write_text(
        f'title = "Region"\nsource = "invented for a test"\nyear = {year}\nreference_date = {counted}-01-01\n'
        f'members = {members}\n[programmes.a]\ntitle = "A"\nvat = "none"\ngross = "1000000.00"\n{tables}',
        encoding="utf-8",
    )
    return file


def read(folder: Path, members: str, tables: str = "", year: int = 2020, counted: int = 2019) -> ScenarioInputs:
    return gguplan.load_scenario(written(folder, members, tables, year, counted))


def names(inputs: ScenarioInputs) -> list[str]:
    return [municipality.name for municipality in inputs.population.municipalities]


def findings(folder: Path, members: str, tables: str = "") -> list[str]:
    with pytest.raises(InputError) as caught:
        read(folder, members, tables)
    return [finding.what for finding in caught.value.findings]


HORIZON = '[horizon]\nlast = 2025\nopening = "0.00"\nunderspend = "general"\n'


def test_members_divide_the_budget_as_if_there_were_no_others(tmp_path: Path) -> None:
    result = run(read(tmp_path, '["Delft", "GM0599", "Brielle"]').fund_year)
    counted = {m.gm_code: m.inhabitants for m in load_population(2019).municipalities}
    codes = ["GM0501", "GM0503", "GM0599"]
    assert [m.gm_code for m in result.population.municipalities] == codes
    expected = largest_remainder(100_000_000, [counted[code] for code in codes], [501, 503, 599])
    assert result.to_pay.tolist() == expected


def test_a_group_says_all_of_a_province_but_some(tmp_path: Path) -> None:
    inputs = read(tmp_path, '["regio"]', '[groups.regio]\nprovince = "Flevoland"\nwithout = ["Urk", "Almere"]\n')
    assert sorted(names(inputs)) == ["Dronten", "Lelystad", "Noordoostpolder", "Zeewolde"]


def test_all_but_some_of_the_country(tmp_path: Path) -> None:
    inputs = read(tmp_path, '["others"]', '[groups.others]\nwithout = ["Urk"]\n')
    assert len(names(inputs)) == len(load_population(2019).municipalities) - 1
    assert "Urk" not in names(inputs)


def test_all_municipalities_as_members_are_the_fund_of_everybody(tmp_path: Path) -> None:
    listed = json.dumps([municipality.gm_code for municipality in load_population(2019).municipalities])
    inputs = read(tmp_path, listed)
    assert inputs.population is load_population(2019)
    assert int(run(inputs.fund_year).to_pay.sum()) == 100_000_000


def test_all_municipalities_and_a_body_are_billed(tmp_path: Path) -> None:
    shares = '{ key = "shares", shares = { rijk = "100%" }, others = "0%" }'
    tables = (
        f'allocation = {{ key = "mix", parts = [{{ share = "60%", by = {{ key = "inhabitants" }} }}, '
        f'{{ share = "40%", by = {shares} }}] }}\n'
        '[bodies.rijk]\ntitle = "Het Rijk"\nkind = "other"\n[groups.everybody]\nup_to = 2000000\n'
    )
    result = run(read(tmp_path, '["everybody", "rijk"]', tables).fund_year)
    assert (int(result.to_pay[-1]), int(result.to_pay.sum())) == (40_000_000, 100_000_000)


def test_a_wrong_member_hides_no_name_that_has_a_value_and_is_none(tmp_path: Path) -> None:
    """Who has no share cannot be known then; that a name is no municipality can, in a part of a mix as well."""
    shares = '{ key = "shares", shares = { Delft = "50%", Utrechd = "50%" } }'
    by_shares = f"allocation = {shares}\n"
    in_a_mix = (
        f'allocation = {{ key = "mix", parts = [{{ share = "50%", by = {{ key = "inhabitants" }} }}, '
        f'{{ share = "50%", by = {shares} }}] }}\n'
    )
    before = f'old_division = {{ allocation = {shares} }}\ncap = {{ rise_percent = "5", paid_by = "fund" }}\n'
    for table in (by_shares, in_a_mix, before):
        assert findings(tmp_path, '["Delfd", "Utrecht"]', table) == [
            '"Delfd" is not a municipality on 1 January 2019.',
            '"Utrechd" is not a municipality on 1 January 2019.',
        ]


def test_who_has_left_sees_its_exit_fee_beside_its_bills(tmp_path: Path) -> None:
    fee = 'income = [{ payer = "Urk, exit fee", amount = "1000.00", since = 2021, until = 2022 }]\n'
    leaves = HORIZON + '[membership.x]\nmunicipalities = ["Urk"]\nleaves = 2021\n' + VOORNE_JOINS
    file = str(written(tmp_path, '["Delft", "Urk", "Brielle"]', fee + leaves))
    words = ("estimate", "Urk", "--scenario", file, "--lang", "en")
    beside = "Besides its bill, as income of the fund (Urk, exit fee): €1,000.00 in 2021 and €1,000.00 in 2022."
    assert beside in CliRunner().invoke(app, [*words, "--years", "2020-2023"]).stdout
    of_another = CliRunner().invoke(app, ["estimate", "Delft", *words[2:], "--years", "2020-2023"]).stdout
    assert "Besides its bill" not in of_another


def test_shares_after_a_member_left_are_said_beside_the_bills(tmp_path: Path) -> None:
    shares = 'allocation = { key = "shares", shares = { Delft = "50%", Urk = "20%", Almere = "30%" } }\n'
    leaves = HORIZON + '[membership.x]\nmunicipalities = ["Urk"]\nleaves = 2021\n'
    file = str(written(tmp_path, '["Delft", "Urk", "Almere"]', shares + leaves))
    bills = CliRunner().invoke(app, ["estimate", "Delft", "--scenario", file, "--years", "2020-2022", "--lang", "en"])
    assert "€500,000.00" in bills.stdout and "€625,000.00" in bills.stdout
    beside = "A: from 2021 on those who pay it have 80 % of the shares together; each pays its part of that."
    assert beside in bills.stdout


def test_a_group_by_size_counts_the_members_only(tmp_path: Path) -> None:
    tables = (
        '[groups.large]\nmore_than = 90000\n[opt_outs.a]\nmunicipalities = ["large"]\nsettlement = "redistribute"\n'
    )
    inputs = read(tmp_path, '["Delft", "Brielle"]', tables)
    (opt_out,) = inputs.opt_outs["a"]
    assert opt_out.absence.days.tolist() == [0, 366]


def test_a_threshold_counts_the_members_only(tmp_path: Path) -> None:
    tables = '[thresholds.a]\nmunicipalities = "all"\notherwise = "not_levied"\n'
    (programme,) = run(read(tmp_path, '["Delft", "Brielle"]', tables).fund_year).by_programme
    assert programme.threshold is not None
    assert (programme.threshold.municipalities, programme.threshold.municipalities_needed) == (2, 2)


def test_weights_of_the_whole_country_count_for_members(tmp_path: Path) -> None:
    rows = [f"{m.gm_code},{m.inhabitants // 2}" for m in load_population(2019).municipalities]
    (tmp_path / "homes.csv").write_text("gm_code,homes\n" + "\n".join(rows) + "\n", encoding="utf-8")
    key = 'allocation = { key = "column", file = "homes.csv", column = "homes" }\n'
    result = run(read(tmp_path, '["Delft", "Brielle"]', key).fund_year)
    homes = [m.inhabitants // 2 for m in result.population.municipalities]
    assert result.to_pay.tolist() == largest_remainder(100_000_000, homes, [501, 503])


def test_what_is_wrong_with_members_is_found(tmp_path: Path) -> None:
    assert findings(tmp_path, '["Delft", "Delft"]') == ["Delft (GM0503) stands in this list a second time."]
    assert findings(tmp_path, '["Voorne aan Zee"]') == ['"Voorne aan Zee" is not a municipality on 1 January 2019.']
    assert findings(tmp_path, '["Delfd"]') == ['"Delfd" is not a municipality on 1 January 2019.']
    opt_out = '[opt_outs.a]\nmunicipalities = ["Urk"]\nsettlement = "shrink"\n'
    assert findings(tmp_path, '["Delft"]', opt_out) == ["Urk (GM0184) is no member of this fund."]
    listed = '[groups.G]\nmunicipalities = ["Delft", "Urk"]\n' + opt_out.replace("Urk", "G")
    assert findings(tmp_path, '["Delft", "Brielle"]', listed) == [
        "In the group 'G' are municipalities that are no members: Urk."
    ]
    province = '[groups.G]\nprovince = "Drenthe"\n' + opt_out.replace("Urk", "G")
    assert findings(tmp_path, '["Delft"]', province) == ["There is no member of the fund in the group 'G'."]
    expected = '[expected.municipalities]\nUrk = "1.00"\n'
    assert findings(tmp_path, '["Delft"]', expected) == ["Urk (GM0184) is no member of this fund."]
    without = '[groups.G]\nprovince = "Drenthe"\nwithout = ["Delft"]\n'
    assert findings(tmp_path, '["Delft"]', without) == ["Delft (GM0503) is not in this group."]


def test_members_that_merge_among_themselves_go_on(tmp_path: Path) -> None:
    inputs = read(tmp_path, json.dumps([*VOORNE, "Delft"]), HORIZON)
    horizon = years_ahead_of(inputs, realised_years(load_ledger()), draws=100)
    counts = {year.year: len(year.population.municipalities) for year in horizon.by_year}
    # By the inhabitants of 1 January of the year before.
    assert counts == {2020: 4, 2021: 4, 2022: 4, 2023: 4, 2024: 2, 2025: 2}
    assert all(int(year.result.to_pay.sum()) == 100_000_000 for year in horizon.by_year if year.result is not None)


def test_a_merger_over_the_border_asks_what_happens(tmp_path: Path) -> None:
    members = '["Brielle", "Hellevoetsluis", "Delft"]'
    (what,) = findings(tmp_path, members, HORIZON)
    assert what == (
        "Brielle (GM0501) and Hellevoetsluis (GM0530) became part of Voorne aan Zee on 1 January 2023, and so did "
        "Westvoorne, which is no member."
    )
    joins = '[membership.voorne]\nmunicipalities = ["Voorne aan Zee"]\njoins = 2024\n'
    leaves = '[membership.voorne]\nmunicipalities = ["Brielle", "Hellevoetsluis"]\nleaves = 2024\n'
    for tables, names_then in ((joins, ["Delft", "Voorne aan Zee"]), (leaves, ["Delft"])):
        horizon = years_ahead_of(read(tmp_path, members, HORIZON + tables), realised_years(load_ledger()), draws=100)
        last = horizon.by_year[-1].population
        assert [municipality.name for municipality in last.municipalities] == names_then


def test_who_joins_and_leaves_pays_from_and_until_then(tmp_path: Path) -> None:
    tables = (
        HORIZON + '[membership.in]\nmunicipalities = ["Nissewaard"]\njoins = 2022\n'
        '[membership.out]\nmunicipalities = ["Delft"]\nleaves = 2023\n'
    )
    inputs = read(tmp_path, '["Rotterdam", "Delft"]', tables)
    years = range(2020, 2026)
    assert [bill.year for bill in bills_by_year(inputs, years, "Delft")] == [2020, 2021, 2022]
    assert [bill.year for bill in bills_by_year(inputs, years, "Nissewaard")] == [2022, 2023, 2024, 2025]
    by_year = {bill.year: bill.bill.to_pay for bill in bills_by_year(inputs, years, "Rotterdam")}
    counted = {m.name: m.inhabitants for m in load_population(2022).municipalities}
    assert (
        by_year[2023] == largest_remainder(100_000_000, [counted["Rotterdam"], counted["Nissewaard"]], [599, 1930])[0]
    )


def test_a_change_of_members_that_cannot_be_is_found(tmp_path: Path) -> None:
    change = '[membership.x]\nmunicipalities = ["{}"]\n{} = {}\n'
    assert findings(tmp_path, '["Delft"]', change.format("Delft", "joins", 2020)) == [
        "Delft (GM0503) is a member already."
    ]
    assert findings(tmp_path, '["Delft"]', change.format("Urk", "leaves", 2020)) == ["Urk (GM0184) is no member."]
    assert findings(tmp_path, '["Delft"]', change.format("Delft", "leaves", 2020)) == [
        "In 2020 nobody is a member any more."
    ]
    assert findings(tmp_path, '["Delft"]', change.format("Urk", "joins", 2022)) == [
        "2022 is after the last year of this scenario, 2020."
    ]


def test_projected_members_share_what_is_drawn_for_the_country(tmp_path: Path) -> None:
    horizon = '[horizon]\nlast = 2029\nopening = "0.00"\nunderspend = "general"\n'
    part = '[programmes.b]\ntitle = "B"\nvat = "none"\ngross = "500000.00"\nmembers = ["Delft"]\n'
    inputs = read(tmp_path, '["Delft", "Urk"]', part + horizon, 2026, 2025)
    shown = bills_by_year(inputs, range(2026, 2030), "Delft")
    projected = [bill for bill in shown if bill.projection is not None]
    assert projected
    assert all(bill.low < bill.bill.to_pay < bill.high for bill in projected)


def test_a_comparison_has_the_members_of_both(tmp_path: Path) -> None:
    before = run(read(tmp_path, '["Brielle", "Delft"]').fund_year)
    after = run(read(tmp_path, '["Delft", "Urk"]').fund_year)
    carried = over_the_latest([before, after])
    assert [m.name for m in carried[0].later.municipalities] == ["Urk", "Brielle", "Delft"]
    effects = carried[1].to_pay - carried[0].to_pay
    assert int(effects.sum()) == 0
    assert carried[0].to_pay[0] == 0
    assert carried[1].to_pay[1] == 0


def test_a_comparison_over_a_merger_out_of_the_fund_loses_nothing(tmp_path: Path) -> None:
    before = run(read(tmp_path, '["Brielle", "Delft"]').fund_year)
    after = run(read(tmp_path, '["Delft"]', year=2024, counted=2023).fund_year)
    carried = over_the_latest([before, after])
    assert [m.name for m in carried[0].later.municipalities] == ["Delft", "Voorne aan Zee"]
    assert [int(np.sum(bills.to_pay)) for bills in carried] == [100_000_000, 100_000_000]


def test_who_left_stays_in_the_size_class_of_its_last_count(tmp_path: Path) -> None:
    """Delft has over 100.000 inhabitants, Urk and Brielle each less than 50.000."""
    before = run(read(tmp_path, '["Brielle", "Delft", "Urk"]').fund_year)
    after = run(read(tmp_path, '["Brielle", "Urk"]').fund_year)
    groups = Comparison(*over_the_latest([before, after])).by_size()
    assert [(group.name, group.municipalities) for group in groups] == [("0", 1), ("20000", 1), ("100000", 1)]


@pytest.mark.parametrize("members", ['["Delft"]', '["Delft", "Urk", "Dronten"]'])
@pytest.mark.filterwarnings("error")
def test_a_page_of_who_joins_or_leaves_has_nothing_per_inhabitant_of_who_is_no_member(
    members: str, tmp_path: Path
) -> None:
    results = [run(read(tmp_path, names).fund_year) for names in ('["Delft", "Urk"]', members)]
    figures = figures_of(over_the_latest(results), [])
    classes_of(over_the_latest(results))
    for scenario in figures["scenarios"]:
        paid, rates = (figures["columns"][scenario[key]] for key in ("to_pay", "rate"))
        assert [bool(cents) for cents in paid] == [rate > 0 for rate in rates]


@pytest.mark.parametrize(
    ("more", "less", "sentence"),
    [
        (1, 2, "van 1 januari 2018 betaalt 1 gemeente meer en 2 minder (hoogstens Urk € 2,00 meer)"),
        (2, 1, "van 1 januari 2018 betalen 2 gemeenten meer en 1 minder (hoogstens Urk € 2,00 meer)"),
        (2, 0, "van 1 januari 2018 betalen 2 gemeenten meer (hoogstens Urk € 2,00 meer)"),
        (0, 1, "van 1 januari 2018 betaalt 1 gemeente minder (hoogstens Urk € 2,00 meer)"),
    ],
)
def test_one_municipality_pays_and_some_pay(more: int, less: int, sentence: str) -> None:
    set_language("nl")
    date = OtherDateOfAll(2018, "billed", more, less, ("Urk", 200))
    assert others_in_words([date]) == [f"De peildatum is een aanname. Met de inwoners {sentence}"]


@pytest.mark.parametrize("command", ["estimate", "explain"])
def test_a_stranger_hears_that_it_is_no_member_and_who_is(command: str, tmp_path: Path) -> None:
    file = written(tmp_path, '["Delft", "Brielle"]')
    outcome = CliRunner().invoke(app, [command, "Urk", "--scenario", str(file), "--lang", "nl"])
    assert outcome.exit_code == 2
    assert "Urk (GM0184) is geen deelnemer van dit fonds." in outcome.stderr
    assert "Deelnemers: Brielle, Delft." in outcome.stderr


VOORNE_JOINS = '[membership.voorne]\nmunicipalities = ["Brielle"]\nleaves = 2024\n'

PART = '[programmes.b]\ntitle = "B"\nvat = "none"\n{}members = ["Delft", "Brielle"]\n'


def test_a_programme_of_some_members_is_divided_among_them_alone(tmp_path: Path) -> None:
    result = run(read(tmp_path, '["Delft", "Brielle", "Urk"]', PART.format('gross = "1000.00"\n')).fund_year)
    assert [m.name for m in result.population.municipalities] == ["Urk", "Brielle", "Delft"]
    persons = result.population.inhabitants.tolist()
    expected = [0, *largest_remainder(100_000, persons[1:], [501, 503])]
    assert result.by_programme[1].participation.contributions.tolist() == expected


def test_a_rate_is_of_the_inhabitants_of_who_pays(tmp_path: Path) -> None:
    result = run(read(tmp_path, '["Delft", "Brielle", "Urk"]', PART.format('rate = "0.50"\n')).fund_year)
    persons = result.population.inhabitants
    assert result.by_programme[1].budget.gross == 50 * int(persons[1:].sum())


def test_a_threshold_of_a_programme_counts_who_pays_it(tmp_path: Path) -> None:
    threshold = '[thresholds.b]\nmunicipalities = "all"\ninhabitants_percent = 100\notherwise = "not_levied"\n'
    tables = PART.format('gross = "1000.00"\n') + threshold
    (_a, programme) = run(read(tmp_path, '["Delft", "Brielle", "Urk"]', tables).fund_year).by_programme
    assert programme.threshold is not None and programme.threshold.met
    assert programme.threshold.municipalities_needed == 2


def test_the_members_of_a_programme_go_on_in_what_they_became(tmp_path: Path) -> None:
    tables = PART.replace("Delft", "Westvoorne").format('gross = "1000.00"\n') + HORIZON
    inputs = read(tmp_path, json.dumps([*VOORNE, "Delft"]), tables)
    horizon = years_ahead_of(inputs, realised_years(load_ledger()), draws=100)
    last = horizon.by_year[-1].result
    assert last is not None
    paid = dict(
        zip(
            [m.name for m in last.population.municipalities],
            last.by_programme[1].participation.contributions.tolist(),
            strict=True,
        )
    )
    assert paid == {"Delft": 0, "Voorne aan Zee": 100_000}


@pytest.mark.parametrize(
    ("budget", "cents"),
    [
        ('rate = "0.50"\n', 50),
        ('allocation = { key = "tariff", rate = "0.50" }\n', 50),
        ('allocation = { key = "amounts", amounts = { Brielle = "100.00", Westvoorne = "23.45" } }\n', None),
    ],
)
def test_what_members_of_a_programme_pay_is_its_budget_in_later_years(
    budget: str, cents: int | None, tmp_path: Path
) -> None:
    """A rate and a tariff of the inhabitants of Voorne aan Zee, which the two became part of; agreed amounts together;
    each in the prices of the year, 2 % above those of 2020."""
    tables = PART.replace("Delft", "Westvoorne").format(budget) + HORIZON
    tables += '[horizon.indexation]\nsource = "invented for a test"\npercent = "0.0"\nyears = { 2021 = "2.0" }\n'
    inputs = read(tmp_path, json.dumps([*VOORNE, "Delft"]), tables)
    horizon = years_ahead_of(inputs, realised_years(load_ledger()), draws=100)
    last = horizon.by_year[-1].result
    assert last is not None
    place = next(at for at, m in enumerate(last.population.municipalities) if m.name == "Voorne aan Zee")
    before = 12_345 if cents is None else cents * int(last.population.inhabitants[place])
    paid = last.by_programme[1].participation.contributions.tolist()
    assert paid[place] == sum(paid) == (before * 102 + 50) // 100


def test_somebody_must_be_left_to_pay_in_every_year(tmp_path: Path) -> None:
    opt_out = '[opt_outs.x]\nprogrammes = ["b"]\nmunicipalities = ["Delft", "Brielle"]\nsettlement = "refund"\n'
    tables = PART.format('gross = "1000.00"\n') + HORIZON + opt_out + "leaves = 2020-07-01\n"
    inputs = read(tmp_path, json.dumps([*VOORNE, "Delft"]), tables)
    with pytest.raises(InputError) as refused:
        years_ahead_of(inputs, realised_years(load_ledger()), draws=100)
    assert [finding.what for finding in refused.value.findings] == [
        "Every municipality is outside 'b': nobody is left to pay."
    ]


def test_nothing_on_a_page_is_of_municipalities_outside_the_fund(tmp_path: Path) -> None:
    file = written(tmp_path, '["regio"]', '[groups.regio]\nprovince = "Flevoland"\n')
    page = tmp_path / "page.html"
    outcome = CliRunner().invoke(app, ["page", str(file), "-o", str(page), "--lang", "nl"])
    assert outcome.exit_code == 0
    text = page.read_text(encoding="utf-8")
    strangers = {m.name for m in load_population(2019).municipalities if m.province != "Flevoland"}
    # Names that are a part of a word of the page, or of the licence, are no municipalities there.
    named = {name for name in strangers if f">{name}<" in text or f'"{name}"' in text or f"{name} (GM" in text}
    assert named == set()
    assert "Utrecht" not in text and "Den Bosch" not in text


def test_an_exit_fee_is_to_the_cent_what_the_others_pay_less(tmp_path: Path) -> None:
    """Five rows of a fifth, each a year longer, are 100, 80, 60, 40 and 20 %."""
    members, leaves = '["Delft", "Urk", "Brielle"]', '[membership.x]\nmunicipalities = ["Urk"]\nleaves = 2021\n'
    rows = [
        f'{{ payer = "Urk", amount = "1000.01", until = {year}, source = "invented" }}' for year in range(2021, 2026)
    ]
    income = f"income = [{', '.join(rows)}]\n"
    by_fee = []
    for line in (income, ""):
        inputs = read(tmp_path, members, line + HORIZON.replace("2025", "2026") + leaves + VOORNE_JOINS)
        horizon = years_ahead_of(inputs, realised_years(load_ledger()), draws=100)
        by_fee.append([int(year.result.to_pay.sum()) for year in horizon.by_year if year.result is not None])
    assert [more - less for less, more in zip(*by_fee, strict=True)] == [
        500_005,
        500_005,
        400_004,
        300_003,
        200_002,
        100_001,
        0,
    ]


def test_another_reference_date_moves_nobody_in_or_out(tmp_path: Path) -> None:
    file = written(tmp_path, '["Delft", "Urk"]', '[membership.x]\nmunicipalities = ["Urk"]\nleaves = 2020\n')
    text = file.read_text(encoding="utf-8").replace("reference_date = 2019-01-01\n", "reference_date_assumed = true\n")
    file.write_text(text.replace("reference_date_assumed", "reference_date = 2019-01-01\nreference_date_assumed"))
    result = other_dates(gguplan.load_scenario(file), "GM0503")
    assert [bill.to_pay for bill in result] == [100_000_000, 100_000_000]
