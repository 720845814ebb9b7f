"""What a sum found, at its place in the file that asked for it."""

from __future__ import annotations

from collections.abc import Iterable

from gguplan.inputs.findings import Finding
from gguplan.model.result import RunResult
from gguplan.wording.expectations import key_of, unmet_in_words


def unmet_findings(results: Iterable[RunResult]) -> list[Finding]:
    """A finding for every expected amount of these results that does not come out, each once."""
    found = [
        Finding(result.inputs.place("expected", *key_of(unmet.expectation)), *unmet_in_words(unmet))
        for result in results
        for unmet in result.unmet
    ]
    return list(dict.fromkeys(found))
