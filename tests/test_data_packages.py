"""``datapackage.json`` of both folders of data says what stands there. That the figures are as it says is checked by
frictionless in ``.ci/run``."""

from __future__ import annotations

import csv

import pytest

from gguplan.shipped import shipped_folder
from tests.data_packages import FOLDERS, descriptor, written


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_data_package_is_that_of_today(folder: str) -> None:
    """``python -m tests.data_packages`` writes it again, such as after ``gguplan population add``."""
    assert (shipped_folder(folder) / "datapackage.json").read_text(encoding="utf-8") == written(folder)


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_data_package_names_every_table_and_every_column_in_its_order(folder: str) -> None:
    resources = descriptor(folder)["resources"]
    assert {resource["path"] for resource in resources} == {file.name for file in shipped_folder(folder).glob("*.csv")}
    for resource in resources:
        with (shipped_folder(folder) / resource["path"]).open(encoding="utf-8", newline="") as source:
            assert next(csv.reader(source)) == [column["name"] for column in resource["schema"]["fields"]]
