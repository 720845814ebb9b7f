"""A programme or a group of municipalities that the scenario does not have: what is typed in a form, as one setting."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, get_args

from gguplan.findings import Findings, Place
from gguplan.fund.municipalities import Population
from gguplan.inputs.scenario.schema import ProgrammeTable
from gguplan.inputs.scenario.settings import NEW_TABLES
from gguplan.inputs.toml_document import KeyPath
from gguplan.inputs.typed_amounts import UnreadableAmount
from gguplan.language import _
from gguplan.workbench.levers.amounts_of_the_page import as_a_setting
from gguplan.workbench.outside import members_named
from gguplan.workbench.short_names import short_name
from gguplan.workbench.toml_text import toml_text

VAT: Final[tuple[str, ...]] = get_args(ProgrammeTable.model_fields["vat"].annotation)
"""What may be said of the VAT of a programme."""

_A_GROUP: Final = re.compile(r"[\w' -]{1,60}")


def field(form: str, name: str) -> str:
    """The identifier of a field of a form: a mistake is told there."""
    return f"new-{form}-{name}"


def programme_setting(data: Mapping[str, Any], fields: Mapping[str, str]) -> str:
    """A new programme of what was typed. Raises InputError with every field that lacks something, at that field."""
    findings = Findings()
    typed = {name: fields.get(name, "").strip() for name in ("title", "gross", "vat", "source")}
    for name in ("title", "gross", "source"):
        if not typed[name]:
            findings.add(
                Place(field("programme", name)),
                _("A new programme needs this."),
                _("Write what it is called, how much it is, and where the amount comes from."),
            )
    identifier = short_name(typed["title"])
    if typed["title"] and not identifier:
        findings.add(
            Place(field("programme", "title")), _("There is no letter in this title."), _("Write what it is called.")
        )
    if identifier in data.get("programmes", {}):
        findings.add(
            Place(field("programme", "title")),
            _("There is a programme {name!r} already.", name=identifier),
            _("Give it another title."),
        )
    if typed["vat"] not in VAT:
        findings.add(
            Place(field("programme", "vat")), _("This says nothing of its VAT."), _("Choose what is in the budget.")
        )
    if typed["gross"]:
        try:
            typed["gross"] = as_a_setting(("programmes", identifier, "gross"), typed["gross"])
        except UnreadableAmount as problem:
            findings.add(Place(field("programme", "gross")), problem.what, problem.remedy)
    findings.raise_if_any()
    return f"programmes.{identifier}={toml_text(typed)}"


def group_setting(data: Mapping[str, Any], population: Population, fields: Mapping[str, str]) -> str:
    """A new group of what was typed: its name, and who is the first in it. Raises InputError as `programme_setting`."""
    findings = Findings()
    name, first = (fields.get(key, "").strip() for key in ("name", "municipality"))
    if not _A_GROUP.fullmatch(name):
        findings.add(
            Place(field("group", "name")),
            _("This is no name for a group here."),
            _("Write letters, digits, spaces and hyphens."),
        )
    if name in data.get("groups", {}):
        findings.add(
            Place(field("group", "name")), _("There is a group {name!r} already.", name=name), _("Take another name.")
        )
    if not first:
        findings.add(
            Place(field("group", "municipality")),
            _("A new group needs this."),
            _("Name a municipality or a province; more can be added after it."),
        )
    findings.raise_if_any()
    return f"groups.{name}={toml_text({'municipalities': members_named(first, population)})}"


def new_table_above(data: Mapping[str, Any], keys: KeyPath) -> KeyPath | None:
    """The path of the table that a key stands in, where the scenario does not have that; else None."""
    is_new = len(keys) > 1 and keys[0] in NEW_TABLES and keys[1] not in data.get(str(keys[0]), {})
    return keys[:2] if is_new else None
