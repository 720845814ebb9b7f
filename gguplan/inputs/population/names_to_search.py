"""Under which names a municipality is found: other names, and municipalities that were or came later."""

from __future__ import annotations

from gguplan.fund.municipalities import Population
from gguplan.fund.municipality_names import OtherName, name_key
from gguplan.inputs.population.municipal_changes import changes, predecessors, successors
from gguplan.inputs.population.municipalities import aliases
from gguplan.inputs.population.years import load_population, years


def names_to_search(population: Population) -> list[OtherName]:
    """Every other name under which somebody may look for a municipality of this population, in order of name."""
    index, named = population.index, _every_name()
    official = {(name_key(municipality.name), municipality.gm_code) for municipality in population.municipalities}
    leads = {code: _leads_to(code, population) for code in dict.fromkeys(code for _name, code in named)}
    names: dict[tuple[str, str], OtherName] = {}
    for name, code in named:
        lead, key = leads[code], (name_key(name), code)
        if lead is not None and key not in official:
            how, year, codes = lead
            names.setdefault(key, (name, how, year, [index[code] for code in codes]))
    return sorted(names.values(), key=lambda entry: (name_key(entry[0]), entry[1:]))


def _every_name() -> list[tuple[str, str]]:
    """Names and codes from every source, each pair once; an alias goes before the same name of a year."""
    named = [(alias.alias, alias.gm_code) for alias in aliases()]
    for change in changes():
        if change.ends_the_old:
            named += [(change.old_name, change.old_code), (change.new_name, change.new_code)]
    named += [
        (municipality.name, municipality.gm_code)
        for year in years()
        for municipality in load_population(year).municipalities
    ]
    return list(dict.fromkeys(named))


def _leads_to(code: str, population: Population) -> tuple[str, int, list[str]] | None:
    """Which municipalities a code leads to, how and since when; None where it leads to none."""
    here = population.index.keys()
    if code in here:
        return "also", 0, [code]
    following = successors(code, population.year)
    if now := sorted({change.new_code for change in following} & here):
        return "was" if len(now) == 1 else "divided", following[0].effective_date.year, now
    earlier = predecessors(code, population.year)
    if then := sorted({change.old_code for change in earlier} & here):
        return "later", earlier[0].effective_date.year, then
    return None
