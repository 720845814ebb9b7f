"""Pages to look at in tests: a scenario of every kind, and one in which every text is hostile."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

import gguplan
from gguplan.inputs.population.boundaries import boundaries_of
from gguplan.inputs.population.names_to_search import names_to_search
from gguplan.inputs.population.years import forget
from gguplan.language import Language
from gguplan.model.carried_bills import CarriedBills
from gguplan.reports.page.rendering import render
from gguplan.runs.comparison import over_the_latest
from gguplan.shipped import shipped_folder

ONE: Final = "uitnamen-2017"
THREE: Final = (ONE, "grote-steden-verlaten-de-hulplijn", "hulplijn-voor-dertig-cent")
EVERY_KIND: Final = str(Path(__file__).parent / "data" / "page-of-every-kind.toml")

HOSTILE_TITLE: Final = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
HOSTILE_NAME: Final = "<img src=x onerror=window.hacked=1>"
FORMULA: Final = "=1+1|cmd"
HOSTILE_SCENARIO: Final = f"""
title = "{HOSTILE_TITLE}"
description = "<!-- <b>vet</b> ]]> {{{{ 7*7 }}}} {{% raw %}}"
year = 2017
source = "<script>window.hacked=1</script>"
reference_date = 2017-01-01
[programmes.a]
title = "=HYPERLINK(1)"
gross = "1000.00"
vat = "none"
[programmes.b]
title = "-2+3 \\"aan; elkaar\\""
gross = "2000.00"
vat = "none"
[programmes.c]
title = "@SUM(A1)"
gross = "3000.00"
vat = "none"
[programmes.d]
title = "<svg onload=window.hacked=1>{{name}}"
gross = "4000.00"
vat = "none"
"""


def results_of(*names: str) -> list[CarriedBills]:
    """Scenarios over the municipalities of the latest reference date among them."""
    return over_the_latest([gguplan.run(name) for name in names])


def rendered(results: Sequence[CarriedBills], language: Language = "nl") -> bytes:
    """The page of some results, with the map and the names of their municipalities."""
    population = results[0].later
    return render(results, boundaries_of(population), names_to_search(population), language)


@cache
def page_of(*names: str, language: Language = "nl") -> str:
    return rendered(results_of(*names), language).decode()


def data_of(page: str) -> dict[str, Any]:
    """What the script of a page reads."""
    matches = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert len(matches) == 1
    data: dict[str, Any] = json.loads(matches[0])
    return data


@contextmanager
def hostile_world(folder: Path) -> Iterator[Path]:
    """A folder to work in whose municipalities GM0363 and GM0344 have hostile names, with a hostile scenario."""
    own = folder / "population_data"
    own.mkdir()
    shipped = shipped_folder("population_data")
    with (shipped / "2017.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.reader(source))
    names = {"GM0363": HOSTILE_NAME, "GM0344": FORMULA}
    _write(own / "2017.csv", [[row[0], names.get(row[0], row[1]), *row[2:]] for row in rows])
    with (shipped / "years.csv").open(encoding="utf-8", newline="") as source:
        _write(own / "years.csv", [row for row in csv.reader(source) if row[0] in ("year", "2017")])
    scenario = folder / "hostile.toml"
    scenario.write_text(HOSTILE_SCENARIO, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        forget()
        yield scenario
    forget()


def _write(file: Path, rows: Sequence[Sequence[str]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)
