"""The JSON Schema of what commands answer with ``--json``: ``docs/reference/answers.schema.json``.

The shapes stand here in short: a dict is an object, of which a key that ends in ``?`` may be missing; a list is an
array of its only member. ``tests/held_answers.py`` holds every answer that any test sees to these shapes.
"""

from __future__ import annotations

import json
from typing import Any, Final, get_args

from gguplan.commands.answers import FORMAT, AnswerName
from gguplan.commands.population import StatusChoice
from gguplan.fund.bodies import BodyKind
from gguplan.fund.municipal_changes import ChangeKind
from gguplan.fund.municipalities import STATUSES
from gguplan.model.verification import ChangeKind as VerifiedKind
from gguplan.model.verification import OnDisk

SCHEMA: Final = "reference/answers.schema.json"

_Shape = Any

_TEXT: Final = {"type": "string"}
_WHOLE: Final = {"type": "integer"}
_NUMBER: Final = {"type": "number"}
_TRUTH: Final = {"type": "boolean"}
_NOTHING: Final = {"type": "null"}
_EUROS: Final = {"$ref": "#/$defs/euros"}
_DAY: Final = {"type": "string", "format": "date"}
_RAW: Final = (_TEXT, _WHOLE, _NUMBER, _TRUTH, _NOTHING, _EUROS, _DAY)


def _word(*words: str) -> dict[str, Any]:
    return {"enum": list(words)}


def _defined(name: str) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{name}"}


class _Either(tuple[_Shape, ...]):
    """One of several shapes."""


class _ByName(dict[str, _Shape]):
    """An object of which the keys are data; ``*`` is the shape of each value."""


def _either(*shapes: _Shape) -> _Either:
    return _Either(shapes)


def _or_nothing(shape: _Shape) -> _Either:
    return _either(shape, _NOTHING)


_STATUS: Final = _word(*STATUSES)
_NOTES: Final = [_TEXT]
_GROUP: Final = _defined("group")
_MUNICIPALITY: Final = {"gm_code": _TEXT, "name": _TEXT, "province": _TEXT, "inhabitants": _WHOLE}
_HEAD: Final = {
    "scenario": _TEXT,
    "title": _TEXT,
    "year": _WHOLE,
    "settings": [_TEXT],
    "extends": [_TEXT],
    "population": _defined("population"),
}
_SCORES: Final = _ByName({"*": _NUMBER})
_SCORED_LINE: Final = {
    "what": _TEXT,
    "part": _TEXT,
    "rows": _WHOLE,
    "crps": _SCORES,
    "capped": _SCORES,
    "bias": _SCORES,
    "pinball": _ByName({"*": [_NUMBER]}),
    "covered": [_NUMBER],
    "width": [_NUMBER],
    "plain_covered": [_NUMBER],
    "histogram": [_WHOLE],
}
_READING: Final = {
    "quantity": _TEXT,
    "detail": _TEXT,
    "printed": _TEXT,
    "amount": _or_nothing(_EUROS),
    "document": _TEXT,
    "section": _TEXT,
    "remark": _TEXT,
}
_UNDERSPEND: Final = {"expected": _EUROS, "chance_10": _EUROS, "chance_90": _EUROS}
_YEAR_TOTAL: Final = {
    "year": _WHOLE,
    "municipalities": _WHOLE,
    "inhabitants": _WHOLE,
    "published": _or_nothing(_WHOLE),
    "status": _STATUS,
    "note": _TEXT,
    "note_nl": _TEXT,
    "difference": _or_nothing(_WHOLE),
}
_SPAN: Final = {
    "name": _TEXT,
    "municipalities": _WHOLE,
    "inhabitants": _WHOLE,
    "at_least": _or_nothing(_WHOLE),
    "below": _or_nothing(_WHOLE),
}
_BILLS: Final = {
    "municipality": {"gm_code": _TEXT, "name": _TEXT},
    "title": _TEXT,
    "years": [
        {
            "year": _WHOLE,
            "reference_year": _WHOLE,
            "status": _STATUS,
            "inhabitants": _WHOLE,
            "inhabitants_together": _WHOLE,
            "budget": _EUROS,
            "came_from": [{"gm_code": _TEXT, "name": _TEXT}],
            "to_pay": _EUROS,
            "chance_10": _EUROS,
            "chance_90": _EUROS,
            "per_inhabitant": _or_nothing(_TEXT),
            "handed_over": [
                {
                    "programme": _TEXT,
                    "title": _TEXT,
                    "from": _WHOLE,
                    "to": _TEXT,
                    **dict.fromkeys(("budget", "no_longer_paid", "no_longer_received", "on_balance"), _EUROS),
                }
            ],
            "notes": _NOTES,
        }
    ],
}
_ADDED: Final = {
    "year": _WHOLE,
    "municipalities": _WHOLE,
    "inhabitants": _WHOLE,
    "status": _word(*StatusChoice),
    "source": _TEXT,
    "actions": [_TEXT],
}
_FLOWS: Final = (
    *(
        "opening",
        "contributions",
        "income",
        "refunds",
        "handed_over",
        "from_reserve",
        "realised",
        "returned",
        "to_reserve",
    ),
    "closing",
)
_CHANCES: Final = (5, 10, 25, 50, 75, 90, 95)

_SHARED: Final[dict[str, _Shape]] = {
    "population": {
        "reference_date": _DAY,
        "status": _STATUS,
        "inhabitants": _WHOLE,
        "municipalities": _WHOLE,
        "other_bodies": [{"name": _TEXT, "title": _TEXT, "kind": _word(*get_args(BodyKind))}],
    },
    "group": {
        "name": _TEXT,
        "municipalities": _WHOLE,
        "inhabitants": _WHOLE,
        "baseline": _EUROS,
        "scenario": _EUROS,
        "effect": _EUROS,
    },
    "difference": _either(
        {"kind": _word("value"), "line": _WHOLE, "row": _TEXT, "column": _TEXT, "on_disk": _TEXT, "made": _TEXT},
        {"kind": _word("cell"), "sheet": _TEXT, "cell": _TEXT, "on_disk": _TEXT, "made": _TEXT},
        {"kind": _word("sheet"), "on_disk": _TEXT, "made": _TEXT},
        {"kind": _word("line"), "line": _WHOLE, "on_disk": _TEXT, "made": _TEXT},
        {"kind": _word("byte"), "byte": _WHOLE},
        {"kind": _word("saved anew")},
    ),
    "step": {"text": _TEXT, "cents": _or_nothing(_WHOLE), "behind": [_defined("step")]},
    "finding": {
        "file": _TEXT,
        "line": _or_nothing(_WHOLE),
        "column": _or_nothing(_WHOLE),
        "excerpt": _or_nothing(_TEXT),
        "what": _TEXT,
        "remedy": _TEXT,
    },
    "volume_deviation": {
        "programme": _TEXT,
        "year": _WHOLE,
        "budget": _EUROS,
        "realised": _EUROS,
        "fixed": _EUROS,
        "volume_budgeted": _WHOLE,
        "volume_realised": _WHOLE,
        "price_budgeted": _TEXT,
        "price_realised": _or_nothing(_TEXT),
        "effect_of_volume": _EUROS,
        "effect_of_price": _EUROS,
    },
}

_ANSWERS: Final[dict[AnswerName, _Shape]] = {
    "compare": {
        "comparisons": [
            {
                "baseline": _TEXT,
                "scenario": _TEXT,
                "baseline_population": _defined("population"),
                "scenario_population": _defined("population"),
                "municipalities_on": _DAY,
                "total": _GROUP,
                "by_direction": [_GROUP],
                "by_size": [_GROUP],
                "by_province": [_GROUP],
                "other_bodies": _or_nothing(_GROUP),
                "concentration_of_a_tenth": _or_nothing(_NUMBER),
                "notes": _NOTES,
                "municipalities": [
                    {"gm_code": _TEXT, "name": _TEXT, "baseline": _EUROS, "scenario": _EUROS, "effect": _EUROS}
                ],
            }
        ],
        "amendments": _or_nothing(
            {
                "stages": [{"amendment": _WHOLE, "title": _TEXT, "source": _or_nothing(_TEXT)}],
                "years": [
                    {
                        "year": _WHOLE,
                        "total": [_EUROS],
                        "municipalities": [{"gm_code": _TEXT, "name": _TEXT, "amounts": [_EUROS]}],
                    }
                ],
            }
        ),
    },
    "estimate": {
        "municipality": _MUNICIPALITY,
        "to_pay": _EUROS,
        "per_inhabitant": _or_nothing(_TEXT),
        "contribution": _EUROS,
        "refund": _EUROS,
        "vat": _EUROS,
        "without_vat": _EUROS,
        "programmes": [
            {
                "programme": _TEXT,
                "title": _TEXT,
                "contribution": _EUROS,
                "refund": _EUROS,
                "to_pay": _EUROS,
                "vat": _EUROS,
                "outside": _TRUTH,
                "days_outside": _WHOLE,
                "lapsed": _or_nothing(_TEXT),
            }
        ],
        "leaves_by_cascade": _TEXT,
        "credit": _or_nothing(
            {
                "expected": _EUROS,
                "without_vat": _EUROS,
                "known": _TRUTH,
                "provisional": _TRUTH,
                "chance_10": _EUROS,
                "chance_90": _EUROS,
            }
        ),
        "other_reference_dates": [
            {"reference_year": _WHOLE, "to_pay": _or_nothing(_EUROS), "comparable": _TEXT},
        ],
        **_HEAD,
        "notes": _NOTES,
    },
    "estimate years": {**_BILLS, "notes": _NOTES},
    "explain": {**_SHARED["step"], "notes": _NOTES},
    "explain years": {"years": [{"year": _WHOLE, **_SHARED["step"]}], "notes": _NOTES},
    "findings": {"findings": [_defined("finding")]},
    "forecast": {
        "year": _WHOLE,
        "draws": _WHOLE,
        "seed": _WHOLE,
        "history": {"years": [_WHOLE], "observations": _WHOLE, "programmes": _WHOLE},
        "programmes": [
            {
                "programme": _TEXT,
                "title": _TEXT,
                "kind": _TEXT,
                "basis": _TEXT,
                "underspend": _TEXT,
                "net": _EUROS,
                "expected": _EUROS,
                "income_above_plan": _EUROS,
                "realised": _ByName({"*": _EUROS}),
            }
        ],
        "total": {"net": _EUROS, "expected": _EUROS, "income_above_plan": _EUROS, "realised": _ByName({"*": _EUROS})},
        "underspend": _ByName({"*": _UNDERSPEND}),
        "limits": [_TEXT],
        "volumes_and_prices": [
            {
                "programme": _TEXT,
                "counted": _or_nothing(_TEXT),
                "fixed": _EUROS,
                "volume": {
                    "expected": _WHOLE,
                    "between": _or_nothing([_WHOLE]),
                    "spent_if_it_moves": _or_nothing([_EUROS]),
                },
                "price": {
                    "expected": _TEXT,
                    "between": _or_nothing([_TEXT]),
                    "spent_if_it_moves": _or_nothing([_EUROS]),
                },
                "mover": _or_nothing(_TEXT),
                "years": [_WHOLE],
                "last_change": _or_nothing({"since": _WHOLE, "until": _WHOLE, "of_volume": _EUROS, "of_price": _EUROS}),
            }
        ],
        "volume_deviations": [_defined("volume_deviation")],
        "backtests": [
            {
                "design": _TEXT,
                "lines": [_SCORED_LINE],
                "lines_as_budgeted": [_SCORED_LINE],
                "naive_rules_that_win": [
                    {
                        "what": _TEXT,
                        "part": _TEXT,
                        "rule": _TEXT,
                        "capped": _TRUTH,
                        "difference": _NUMBER,
                        "error": _NUMBER,
                        "years": _WHOLE,
                    }
                ],
            }
        ],
        "notes": _NOTES,
    },
    "horizon": {
        "title": _TEXT,
        "years": [_WHOLE],
        "draws": _WHOLE,
        "seed": _WHOLE,
        "floor": _or_nothing(_EUROS),
        "chance_ever_below_floor": _or_nothing(_NUMBER),
        "contributions": [
            {
                "year": _WHOLE,
                "reference_year": _WHOLE,
                "population_status": _STATUS,
                "inhabitants": _WHOLE,
                "to_pay": _EUROS,
                "to_pay_chance_10": _EUROS,
                "to_pay_chance_90": _EUROS,
                "leave_by_cascade": _either(_WHOLE, _word("")),
            }
        ],
        "accounts": [
            {
                "account": _TEXT,
                "title": _TEXT,
                "year": _WHOLE,
                "underspend": _TEXT,
                **dict.fromkeys(("known", "provisional"), _TRUTH),
                **dict.fromkeys(_FLOWS, _EUROS),
                "closing_with_vat": _or_nothing(_EUROS),
                **{f"closing_chance_{chance}": _EUROS for chance in _CHANCES},
                **{f"realised_chance_{chance}": _EUROS for chance in _CHANCES},
                "floor": _or_nothing(_EUROS),
                "chance_below_floor": _or_nothing(_NUMBER),
                "chance_first_below_floor": _or_nothing(_NUMBER),
            }
        ],
        "volume_deviations": [_defined("volume_deviation")],
        "notes": _NOTES,
        "municipalities": [_BILLS],
    },
    "ledger": {
        "lines": [
            {
                "programme": _TEXT,
                "title": _TEXT,
                "year": _WHOLE,
                **dict.fromkeys(("gross", "net", "realised", "underspend", "of_own_budget"), _or_nothing(_EUROS)),
                "gross_basis": _or_nothing(_TEXT),
                "realisation_ratio": _or_nothing(_TEXT),
                "status": _or_nothing(_word("final", "provisional")),
                "status_because": _or_nothing(_TEXT),
                "income": [_READING],
                "includes": [
                    {
                        "includes": _TEXT,
                        "detail": _TEXT,
                        "amount": _or_nothing(_EUROS),
                        "spent_besides": _EUROS,
                        "sentence": _TEXT,
                        "document": _TEXT,
                        "section": _TEXT,
                    }
                ],
                "sources": [_READING],
                "other_readings": [_READING],
                "details?": [_READING],
            }
        ],
        "totals": [
            {
                "year": _WHOLE,
                "net": _EUROS,
                "realised": _EUROS,
                "provisional": _EUROS,
                "underspend": _EUROS,
                "lines_without": _WHOLE,
                "net_of_both": _EUROS,
                "realised_of_both": _EUROS,
                "realisation_ratio": _or_nothing(_TEXT),
            }
        ],
        "indicators?": [
            {
                "programme": _TEXT,
                "indicator": _TEXT,
                "title": _TEXT,
                "year": _WHOLE,
                "since": _or_nothing(_WHOLE),
                "period": _TEXT,
                "kind": _TEXT,
                "printed": _TEXT,
                "value": _TEXT,
                "unit": _TEXT,
                "qualifier": _TEXT,
                "used": _TRUTH,
                "cost_per_unit": _or_nothing(_TEXT),
                "source": _TEXT,
                "sentence": _TEXT,
                "remark": _TEXT,
            }
        ],
    },
    "page": {"file": _TEXT, "bytes": _WHOLE, "scenarios": [_TEXT], "municipalities": _WHOLE, "notes": _NOTES},
    "participation": {
        "scenario": _TEXT,
        "draws": _WHOLE,
        "seed": _WHOLE,
        "programmes": [
            {
                "programme": _TEXT,
                "municipalities_whole_year": _WHOLE,
                "threshold_met": _or_nothing(_TRUTH),
                "lapsed": _or_nothing(_TEXT),
                "hand_over": _or_nothing({"from": _WHOLE, "to": _TEXT}),
                **dict.fromkeys(("income", "contributions", "refunds", "drawn", "handed_over", "available"), _EUROS),
                "cascade": _or_nothing(
                    {
                        "rounds": [
                            {
                                "municipalities": _WHOLE,
                                "inhabitants": _WHOLE,
                                "rate": _or_nothing(_NUMBER),
                                "leaving": _WHOLE,
                            }
                        ],
                        "tipping_rate": _or_nothing(_NUMBER),
                        "chance_of_collapse": _NUMBER,
                        "standard_error": _NUMBER,
                        "final_rate_5_50_95": _or_nothing([_NUMBER]),
                    }
                ),
            }
        ],
        "notes": _NOTES,
    },
    "population add": _ADDED,
    "population check": {"checks": [{"holds": _TRUTH, "text": _TEXT}], "holds": _TRUTH},
    "population fetch": {
        **_ADDED,
        "national_total": _or_nothing(_WHOLE),
        "table": _TEXT,
        "title": _TEXT,
        "changed": _TEXT,
        "fetched": _TEXT,
    },
    "population municipality": {
        "gm_code": _TEXT,
        "name": _TEXT,
        "province": _TEXT,
        "counts": [{"year": _WHOLE, "name": _TEXT, "inhabitants": _WHOLE, "status": _STATUS}],
        "changes": [
            {
                "effective_date": _DAY,
                "old_code": _TEXT,
                "old_name": _TEXT,
                "new_code": _TEXT,
                "new_name": _TEXT,
                "kind": _word(*get_args(ChangeKind)),
                "note": _TEXT,
                "note_nl": _TEXT,
            }
        ],
    },
    "population projection": {
        "years": [_WHOLE],
        "scores": [
            {
                "rule": _TEXT,
                "horizon": _WHOLE,
                "size": _or_nothing(_WHOLE),
                "origins": _WHOLE,
                **dict.fromkeys(("error", "error_se", "bias", "bias_se"), _NUMBER),
                "coverage": _or_nothing([_NUMBER]),
                "coverage_se": _or_nothing([_NUMBER]),
                "coverage_origins": _WHOLE,
            }
        ],
        "against_naive_rules": [
            {
                "rule": _TEXT,
                "horizon": _WHOLE,
                "size": _or_nothing(_WHOLE),
                "origins": _WHOLE,
                "difference": _NUMBER,
                "standard_error": _NUMBER,
                "outcome": _TEXT,
            }
        ],
        "country": _ByName({"*": [_NUMBER]}),
    },
    "population year": {
        "total": _YEAR_TOTAL,
        "provinces": [_SPAN],
        "sizes": [_SPAN],
        "largest": [_MUNICIPALITY],
        "smallest": [_MUNICIPALITY],
        "municipalities": [_MUNICIPALITY],
    },
    "population years": {"years": [_YEAR_TOTAL]},
    "proposal": {
        "title": _TEXT,
        "subtitle": _TEXT,
        "day": _TEXT,
        "made_with": _TEXT,
        "language": _word("en", "nl"),
        "to_fill_in": [_TEXT],
        "parts": [
            _either(
                {"heading": _TEXT, "level": _WHOLE},
                {"paragraph": _TEXT},
                {"to_fill_in": _TEXT},
                {"items": [_TEXT]},
                {"picture": _TEXT, "number": _TEXT, "caption": _TEXT, "alt": _TEXT},
                {"table": _TEXT, "number": _TEXT, "caption": _TEXT, "headings": [_TEXT], "rows": [[_TEXT]]},
            )
        ],
        "notes": _NOTES,
    },
    "reconcile": {
        "counts": {"holds": _WHOLE, "within_rounding": _WHOLE, "contradicts": _WHOLE},
        "new": [_TEXT],
        "no_longer_contradicting": [_TEXT],
        "relations": [
            {
                "name": _TEXT,
                "kind": _TEXT,
                "by_rule": _TRUTH,
                "outcome": _word("holds", "within_rounding", "contradicts"),
                "statement": _TEXT,
                "formula": _TEXT,
                "document": _TEXT,
                "section": _TEXT,
                "printed_in": _or_nothing(_TEXT),
                "unit": _TEXT,
                **dict.fromkeys(("computed", "printed", "difference", "tolerance", "known"), _TEXT),
                "sources": [_TEXT],
            }
        ],
        "competing": [
            {
                "name": _TEXT,
                "title": _TEXT,
                "target": _EUROS,
                "tried": _WHOLE,
                "readings": [
                    {
                        "rate": _TEXT,
                        "municipalities": _TEXT,
                        "reference_date": _DAY,
                        "population_status": _STATUS,
                        "inhabitants": _WHOLE,
                        "computed": _EUROS,
                        "difference": _EUROS,
                        "difference_percent": _NUMBER,
                    }
                ],
            }
        ],
    },
    "run": {
        **_HEAD,
        "fund": dict.fromkeys(
            (
                *("gross", "vat", "net", "income", "contributions", "refunds", "drawn", "handed_over"),
                *("available", "available_net"),
            ),
            _EUROS,
        ),
        "programmes": [
            {
                "programme": _TEXT,
                "title": _TEXT,
                **dict.fromkeys(
                    (
                        *("gross", "vat", "net", "income", "contributions", "refunds", "drawn", "handed_over"),
                        *("available", "available_net", "reserve", "adjusted"),
                    ),
                    _EUROS,
                ),
                "settlement": _TEXT,
                "opt_outs": _WHOLE,
                "lapsed": _TEXT,
                "leave_by_cascade": _either(_WHOLE, _word("")),
                "source": _TEXT,
            }
        ],
        "adjustments": [
            {
                **dict.fromkeys(("programme", "adjustment", "gm_code", "name"), _TEXT),
                **dict.fromkeys(("before", "change", "after"), _EUROS),
            }
        ],
        "opt_outs": [
            {
                "programme": _TEXT,
                "opt_out": _TEXT,
                "settlement": _TEXT,
                "gm_code": _TEXT,
                "name": _TEXT,
                "inhabitants": _WHOLE,
                "days_outside": _WHOLE,
                "contribution": _EUROS,
                "refund": _EUROS,
            }
        ],
        "municipalities": [
            {
                **_MUNICIPALITY,
                "population_status": _STATUS,
                "contribution": _EUROS,
                "refund": _EUROS,
                "to_pay": _EUROS,
                "leaves_by_cascade": _TEXT,
            }
        ],
        "forecast": _or_nothing(
            dict.fromkeys(
                (
                    "realised_expected",
                    "income_above_plan_expected",
                    "underspend_expected",
                    "underspend_chance_10",
                    "underspend_chance_90",
                ),
                _EUROS,
            )
        ),
        "published": _or_nothing({"net": _EUROS, "realised": _EUROS, "provisional": _EUROS}),
        "volume_deviations": [_defined("volume_deviation")],
        "unmet": [_defined("finding")],
        "notes": _NOTES,
    },
    "scenario changes": {"keys": [{"path": _TEXT, "old": _TEXT, "new": _TEXT, "where": _TEXT}]},
    "scenario check": {"findings": [_defined("finding")], "unmet": [_defined("finding")]},
    "scenario list": {
        "scenarios": [
            {"name": _TEXT, "title": _TEXT, "year": _WHOLE, "extends": _either(_TEXT, [_TEXT], _NOTHING)},
        ]
    },
    "scenario new": {"file": _TEXT, "schema": _TEXT},
    "scenario show": {"keys": [{"path": _TEXT, "value": _TEXT, "where": _TEXT}]},
    "seek": {
        "title": _TEXT,
        "settings": [_TEXT],
        "vary": _TEXT,
        "low": _TEXT,
        "high": _TEXT,
        "goal": {"words": _TEXT, "side": _word("<=", ">="), "value": _NUMBER, "unit": _word("cents", "share")},
        "always": _TRUTH,
        "never": _TRUTH,
        "edges": [
            {
                "meets": {"value": _TEXT, "outcome": _or_nothing(_NUMBER)},
                "misses": {"value": _TEXT, "outcome": _or_nothing(_NUMBER)},
                "direction": _word("from", "up_to"),
                "exact": _TRUTH,
                "other_seeds": [_or_nothing(_TEXT)],
            }
        ],
        "looks": [{"value": _TEXT, "outcome": _or_nothing(_NUMBER), "met": _TRUTH}],
        "problem": _or_nothing(_TEXT),
        "draws": _WHOLE,
        "seed": _WHOLE,
        "notes": _NOTES,
    },
    "serve": {"address": _TEXT, "port": _WHOLE},
    "sweep": {
        "scenario": _TEXT,
        "title": _TEXT,
        "settings": [_TEXT],
        "sample": _TEXT,
        "size": _WHOLE,
        "seed": _WHOLE,
        "draws": _WHOLE,
        "draws_ahead?": _WHOLE,
        "draws_of_cascades?": _WHOLE,
        "factors": [
            {
                "role": _word("lever", "uncertainty"),
                "path": _TEXT,
                "source": _TEXT,
                "low?": _TEXT,
                "high?": _TEXT,
                "most_likely?": _TEXT,
                "choices?": [_TEXT],
            }
        ],
        "outcome": _TEXT,
        "as_it_is": _either(_EUROS, _NUMBER),
        "swings": [
            {
                "role": _word("lever", "uncertainty"),
                "factor": _TEXT,
                "low_value": _TEXT,
                "high_value": _TEXT,
                "at_low": _either(_EUROS, _NUMBER),
                "at_high": _either(_EUROS, _NUMBER),
            }
        ],
        "shares": [
            {"role": _word("lever", "uncertainty"), "factor": _TEXT, "share": _NUMBER, "standard_error": _NUMBER}
        ],
        "notes": _NOTES,
        "left": _or_nothing(
            {
                "share?": _NUMBER,
                "standard_error?": _NUMBER,
                "interaction?": _TRUTH,
                "enough_variants?": _WHOLE,
                "most_comparisons?": _WHOLE,
            }
        ),
        "variants": [_ByName({"*": _either(_TEXT, _NUMBER, _NOTHING)})],
    },
    "verify": {
        "identical": _TRUTH,
        "command": _TEXT,
        "scenarios": [{"name": _TEXT, "settings": [_TEXT]}],
        "same_figures": _TRUTH,
        "outputs": [
            {
                "name": _TEXT,
                "on_disk": _word(*get_args(OnDisk)),
                "comes_out": _TRUTH,
                "difference": _or_nothing(_defined("difference")),
            }
        ],
        "changes": [
            {
                "kind": _word(*get_args(VerifiedKind)),
                "name": _TEXT,
                "before": _or_nothing(_TEXT),
                "now": _or_nothing(_TEXT),
            }
        ],
    },
}


def schema_of_answers(closed: bool = False) -> dict[str, Any]:
    """The JSON Schema of every answer. It lets keys be that it does not name, for an answer of a later version; with
    `closed` it refuses them."""
    answers = {
        _definition(name): _schema({"format": {"const": FORMAT}, "answer": {"const": name}, **shape}, closed)
        for name, shape in _ANSWERS.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What gguplan answers with --json",
        "description": "Which answer it is stands in its key answer. A new key leaves the format number as it is; a "
        "key that goes, is renamed or means something else raises it.",
        "type": "object",
        "required": ["format", "answer"],
        "properties": {"format": {"const": FORMAT}, "answer": {"enum": list(_ANSWERS)}},
        "allOf": [
            {"if": {"properties": {"answer": {"const": name}}}, "then": _defined(_definition(name))}
            for name in _ANSWERS
        ],
        "$defs": {
            "euros": {"description": "Euros, exact to the cent.", "type": "string", "pattern": r"^-?[0-9]+\.[0-9]{2}$"},
            **{name: _schema(shape, closed) for name, shape in _SHARED.items()},
            **answers,
        },
    }


def written_schema() -> str:
    """The text of the published file."""
    return json.dumps(schema_of_answers(), ensure_ascii=False, indent=2) + "\n"


def _definition(name: str) -> str:
    return f"answer_{name.replace(' ', '_')}"


def _schema(shape: _Shape, closed: bool) -> dict[str, Any]:
    """The JSON Schema of a shape."""
    if isinstance(shape, _Either):
        return {"anyOf": [_schema(member, closed) for member in shape]}
    if isinstance(shape, _ByName):
        return {"type": "object", "additionalProperties": _schema(shape["*"], closed)}
    if isinstance(shape, list):
        (member,) = shape
        return {"type": "array", "items": _schema(member, closed)}
    if shape in _RAW or set(shape) in ({"enum"}, {"const"}, {"$ref"}):
        return dict(shape)
    return {
        "type": "object",
        "required": [key for key in shape if not key.endswith("?")],
        "properties": {key.removesuffix("?"): _schema(member, closed) for key, member in shape.items()},
        **({"additionalProperties": False} if closed else {}),
    }
