"""Who is put outside a programme, or back in: by name, by province, or by a click on the map."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from gguplan.fund.municipalities import Population
from gguplan.inputs.population.municipalities import UnknownMunicipality, look_up
from gguplan.language import _

FIRST_SETTLEMENT: Final = "redistribute"
"""How an opt-out is settled that begins with a click: the others pay the whole budget. It is shown at its lever."""


def province_called(name: str) -> str:
    """What a province is called where names of municipalities are typed: some of them are municipalities too."""
    return _("province of {name}", name=name)


def members_named(name: str, population: Population) -> list[str]:
    """The municipalities that a typed name stands for: all of a province, or itself."""
    provinces = {municipality.province for municipality in population.without_bodies}
    wanted = next((province for province in provinces if _is_province(name, province, population)), None)
    if wanted is None:
        return [name]
    return [municipality.name for municipality in population.municipalities if municipality.province == wanted]


def _is_province(name: str, province: str, population: Population) -> bool:
    typed = name.strip().casefold()
    if typed in (province_called(province).casefold(), f"provincie {province}".casefold()):
        return True
    return typed == province.casefold() and not _is_municipality(name, population)


def _is_municipality(name: str, population: Population) -> bool:
    try:
        look_up(name, population)
    except UnknownMunicipality:
        return False
    return True


def with_or_without(names: list[str], name: str, population: Population) -> list[str]:
    """The names with one more, or without it when it is there, by whatever name; a province goes in or out as a
    whole."""
    code = _code_in(population)
    members = members_named(name, population)
    codes = set(map(code, members))
    left = [item for item in names if code(item) not in codes]
    if len(names) - len(left) == len(codes):
        return left
    return [*names, *(member for member in members if code(member) not in set(map(code, names)))]


def _code_in(population: Population) -> Callable[[str], str]:
    def code(text: str) -> str:
        try:
            return look_up(text, population).gm_code
        except UnknownMunicipality:
            return text

    return code


def opt_out_of(data: Mapping[str, Any], programme: str) -> str:
    """The table that says who is outside a programme; one of its own name where none does."""
    opt_outs = data.get("opt_outs", {})
    if programme in opt_outs:
        return programme
    return next((name for name, table in opt_outs.items() if programme in (table.get("programmes") or ())), programme)


def settings_of(data: Mapping[str, Any], programme: str, names: list[str]) -> dict[str, str]:
    """The keys to set so that these are outside a programme."""
    table = opt_out_of(data, programme)
    keys = {f"opt_outs.{table}.municipalities": json.dumps(names, ensure_ascii=False)}
    if table not in data.get("opt_outs", {}):
        keys[f"opt_outs.{table}.settlement"] = FIRST_SETTLEMENT
    return keys
