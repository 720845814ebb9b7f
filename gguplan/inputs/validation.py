"""What pydantic finds wrong in a scenario, in the words of somebody who never programmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gguplan.inputs.findings import Finding
from gguplan.inputs.layers import Layers, allowed_keys
from gguplan.inputs.toml_document import KeyPath
from gguplan.language import _

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def explain_error(error: ErrorDetails, layers: Layers) -> Finding:
    """One error of the validation as a finding at the place where the value was written."""
    path = _path_in(layers.data, error["loc"])
    key = str(error["loc"][-1]) if error["loc"] else ""
    place = layers.place(path)
    kind, context = error["type"], error.get("ctx", {})
    if kind == "missing":
        return Finding(place, _("The key {key!r} is missing here.", key=key), _missing(key))
    if kind == "extra_forbidden":
        return Finding(place, _("There is no key {key!r} here.", key=key), _nearest(key, path, layers))
    if kind == "value_error":
        what, _colon, remedy = str(context["error"]).partition(": ")
        return Finding(place, _sentence(what), _sentence(remedy) or _manual())
    if kind.startswith(("literal_error", "union_tag")):
        words = str(context.get("expected") or context.get("expected_tags"))
        return Finding(place, _("{value} is not one of the words that may stand here.", value=_shown(error["input"])),
                       _("Write one of {words}.", words=words))
    if kind == "string_pattern_mismatch":
        return Finding(place, _("{value} is not a name for a programme.", value=_shown(error["input"])),
                       _("Use small letters, digits and hyphens, such as luisterend-oor."))
    return Finding(place, _("{value} cannot stand here: {problem}.", value=_shown(error["input"]),
                            problem=_problem(kind, context)), _manual())


def _path_in(data: Any, location: tuple[int | str, ...]) -> KeyPath:
    """The location without the steps that are pydantic's own (the name of a kind of allocation)."""
    path: KeyPath = ()
    for index, part in enumerate(location):
        last = index == len(location) - 1
        if isinstance(data, dict) and part in data:
            data, path = data[part], (*path, part)
        elif isinstance(data, (list, tuple)) and isinstance(part, int) and part < len(data):
            data, path = data[part], (*path, part)
        elif last and part != "[key]":
            path = (*path, part)
    return path


def _nearest(key: str, path: KeyPath, layers: Layers) -> str:
    from rapidfuzz.process import extract

    allowed = allowed_keys(layers, path[:-1])
    near = [one[0] for one in extract(key[:100], allowed, limit=1, score_cutoff=60)]
    close = _("Did you mean {name!r}? ", name=near[0]) if near else ""
    return close + (_("Keys there: {names}.", names=", ".join(allowed)) if allowed else _manual())


def _missing(key: str) -> str:
    if key == "source":
        return _("A figure needs a source: write source = \"where it comes from\".")
    if key == "reference_date":
        return _("Write the 1 January whose inhabitants count: reference_date = 2017-01-01.")
    return _("Add it: {key} = …. {manual}", key=key, manual=_manual())


def _problem(kind: str, context: dict[str, Any]) -> str:
    limits = {
        "greater_than": _("it must be above {limit}", limit=context.get("gt")),
        "greater_than_equal": _("it must be {limit} or more", limit=context.get("ge")),
        "less_than_equal": _("it must be {limit} or less", limit=context.get("le")),
        "string_too_short": _("it is empty"),
        "string_too_long": _("it is longer than {limit} characters", limit=context.get("max_length")),
        "too_long": _("there are more than {limit}", limit=context.get("max_length")),
        "too_short": _("it is empty"),
        "string_type": _("it must be text between quotes"),
        "int_type": _("it must be a whole number"),
        "dict_type": _("it must be a table"),
        "model_type": _("it must be a table"),
        "tuple_type": _("it must be a list between [ ]"),
    }
    return limits.get(kind, _("it is not what belongs here"))


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "]", '"')) or not text else ".")


def _manual() -> str:
    return _("See what may stand here with: gguplan scenario schema")
