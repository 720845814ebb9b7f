"""The years ahead of a scenario of which a setting says another year, or another last year of the account.

What was said of years that are then no longer ahead says nothing any more: it is left out, and is no mistake of the
file in which it stands. What a setting says itself stays, so that a mistake in it is told.
"""

from __future__ import annotations

from typing import Any, Final

from gguplan.findings import Place
from gguplan.inputs.scenario.layers import Layers
from gguplan.inputs.toml_document import KeyPath

_OF_AN_INDEX: Final = ("years", "wages", "prices", "correction")
_STEPS: Final = ("gross", "net", "one_off")
_OF_A_YEAR: Final = ("from_balance", "committed", "realised", "realised_volume")


def trim_the_years_ahead(layers: Layers) -> None:
    """Leave out of the years ahead what is of the year of the scenario or before it, and of after the last one."""
    year, horizon = layers.data.get("year"), layers.data.get("horizon")
    if type(year) is not int or not isinstance(horizon, dict) or type(last := horizon.get("last")) is not int:
        return
    if last <= year:
        if not isinstance(layers.origins.get(("horizon", "last")), Place):
            del layers.data["horizon"]
        return
    if type(first := horizon.get("first")) is int and first <= year:
        del horizon["first"]
    if isinstance(ledger := horizon.get("ledger"), list):
        horizon["ledger"] = [published for published in ledger if type(published) is not int or published >= year]
    if isinstance(index := horizon.get("indexation"), dict):
        for key in _OF_AN_INDEX:
            _trim(layers, ("horizon", "indexation", key), index, range(year + 1, last + 1))
        if "wages" not in index and "prices" not in index:
            index.pop("mix", None)
        if not {"percent", "between", "years", "wages"} & index.keys():
            del horizon["indexation"]
    if isinstance(programmes := horizon.get("programmes"), dict):
        for name, own in programmes.items():
            if not isinstance(own, dict):
                continue
            for keys, first_kept in ((_STEPS, year + 1), (_OF_A_YEAR, year)):
                for key in keys:
                    _trim(layers, ("horizon", "programmes", name, key), own, range(first_kept, last + 1))
            if type(starts := own.get("starts")) is int and starts <= year:
                del own["starts"]


def _trim(layers: Layers, path: KeyPath, table: dict[str, Any], kept: range) -> None:
    """Keep of the amounts by year at a path those of these years, and those that a setting says."""
    by_year = table.get(str(path[-1]))
    if not isinstance(by_year, dict) or isinstance(layers.origins.get(path), Place):
        return
    for key in list(by_year):
        set_here = isinstance(layers.origins.get((*path, key)), Place)
        if str(key).isascii() and str(key).isdecimal() and int(key) not in kept and not set_here:
            del by_year[key]
    if not by_year:
        del table[str(path[-1])]
