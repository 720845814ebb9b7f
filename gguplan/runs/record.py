"""The record of a run, ``run.json``: what went in and what came out, so that it can be computed again.

A record is written in one way only (`written`), so that one that was damaged or edited is told from one that was not.
"""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NoReturn

from pydantic import AfterValidator, Field, JsonValue, ValidationError

from gguplan.atomic_files import Content, write_content
from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.population.municipalities import shortened
from gguplan.inputs.strict_model import StrictModel
from gguplan.language import _
from gguplan.shipped import shown
from gguplan.wording.file_names import plain_name
from gguplan.wording.shortlist import shortlist

FORMAT: Final = 2
"""The way in which a record is written; a later one gets another number."""

RECORD: Final = "run.json"
"""The name of the record in the folder of a run; of a single file it stands behind the name of that file."""

LARGEST_RECORD: Final = 20_000_000
"""Bytes of the largest record that is read."""

_DEEPEST: Final = 40


Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
FileName = Annotated[str, AfterValidator(plain_name)]
Hashes = dict[str, Sha256]


class RecordedFile(StrictModel):
    """A file that something was read from: its name without the folder, and the hash of its bytes."""

    name: FileName
    sha256: Sha256


class RecordedWeights(StrictModel):
    """A file with weights that the user brought, as the scenario names it."""

    file: str
    sha256: Sha256


class RecordedChange(StrictModel):
    """One key that a scenario says otherwise, old and new; empty where there is none."""

    path: str
    old: str
    new: str


class RecordedScenario(StrictModel):
    """One scenario: where it came from, what it was after all layers, and what came out of it."""

    name: FileName
    settings: Annotated[tuple[str, ...], Field(strict=False)]
    files: Annotated[tuple[RecordedFile, ...], Field(strict=False)]
    """From the scenario itself to the one at the bottom."""
    description: str | None
    """That of the scenario itself, and not of one that it extends."""
    resolved: dict[str, JsonValue]
    """What it says after `extends`, the ledger and ``--set``; a date is a table with the key ``$date``."""
    sha256: Sha256
    """Of `resolved`."""
    not_levied: Annotated[tuple[str, ...], Field(strict=False)]
    changed: Annotated[tuple[RecordedChange, ...], Field(strict=False)] = ()
    """What it says otherwise than the scenario that it extends."""
    weights: dict[str, RecordedWeights]
    """The file with weights of each programme that is divided by a column."""
    expected: Literal["met", "unmet", "nothing"]
    """Whether what the scenario expects came out."""
    tables: dict[FileName, Sha256]
    """Of the tables of its result, as CSV in English or Dutch."""


class RunRecord(StrictModel):
    """One run of a command with ``--out``."""

    gguplan_run: Literal[2]
    command: str
    language: Literal["en", "nl"]
    arguments: dict[str, JsonValue]
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] | None
    draws: Annotated[int, Field(ge=1, le=10_000_000)] | None
    """None where nothing is drawn."""
    scenarios: Annotated[tuple[RecordedScenario, ...], Field(strict=False)]
    data: Hashes
    """The files that come with gguplan, and those of the user's own folder ``population_data``."""
    brought: dict[str, RecordedFile]
    """Other files that the user gave, by what they are for."""
    versions: dict[str, str]
    outputs: Annotated[dict[FileName, Sha256], Field(min_length=1)]
    seal: Sha256
    """Of all of the above, as `canonical` writes it."""


class _Hashed(io.RawIOBase):
    """A file of which only the hash is kept."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()

    def writable(self) -> bool:
        """It is for writing."""
        return True

    def write(self, data: Any) -> int:
        """Take some bytes in."""
        self.digest.update(data)
        return len(data)


def sha256(content: Content) -> str:
    """The hash of what a file holds, in hexadecimal digits."""
    hashed = _Hashed()
    write_content(hashed, content)
    return hashed.digest.hexdigest()


def canonical(value: object) -> bytes:
    """A value as JSON in the one way that records are written in; the order of keys counts, as it does in a table."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def sealed(content: dict[str, Any]) -> RunRecord:
    """A record of everything but its seal."""
    whole = RunRecord.model_validate({**content, "seal": "0" * 64})
    return whole.model_copy(update={"seal": sha256(canonical(whole.model_dump(mode="json", exclude={"seal"})))})


def written(record: RunRecord) -> bytes:
    """A record as its file holds it."""
    return canonical(record.model_dump(mode="json"))


def record_of(run: Path) -> Path:
    """The record of a run that is named by its folder, its file, or the record itself.

    Raises InputError when there is none.
    """
    if run.is_dir():
        record = run / RECORD
    elif run.name.endswith(RECORD):
        record = run
    else:
        record = run.with_name(f"{run.name}.{RECORD}")
    if not record.is_file():
        what = _("There is no record of a run here: {record} is missing.", record=record.name)
        remedy = _("Name the folder or the file that a command wrote with --out.")
        beside = sorted(file.name for file in record.parent.glob(f"*.{RECORD}")) if record.parent.is_dir() else []
        if beside:
            remedy += "\n" + _("Records there: {names}.", names=shortlist([shortened(name) for name in beside]))
        _refuse(run, what, remedy)
    return record


def read_record(file: Path) -> RunRecord:
    """Read a record. Raises InputError when it cannot be certified: no record, damaged, edited, of another format."""
    try:
        if file.is_symlink() or not file.is_file():
            _refuse(file, _("This is a link, or no file."), _("Name the record itself."))
        if file.stat().st_size > LARGEST_RECORD:
            _refuse(file, _("This file is larger than any record of a run."), _("Check that this is the right file."))
        raw = file.read_bytes()
    except OSError as problem:
        _refuse(
            file,
            _("This file cannot be read: {problem}.", problem=problem.strerror),
            _("Check its name and whether you may read it."),
        )
    content = _parsed(raw)
    if content is None or "gguplan_run" not in content:
        _refuse(file, _("This is no record of a run."), _("A record is written by --out; run the command again."))
    if type(content["gguplan_run"]) is int and content["gguplan_run"] != FORMAT:
        _refuse(
            file,
            _("This record was written by another version of gguplan, in a way that this one does not know."),
            _("Verify it with that version."),
        )
    try:
        record = RunRecord.model_validate(content)
        whole = canonical(content) == raw and written(record) == raw
        open_part = {key: value for key, value in content.items() if key != "seal"}
        whole = whole and sha256(canonical(open_part)) == record.seal
        whole = whole and all(sha256(canonical(scenario.resolved)) == scenario.sha256 for scenario in record.scenarios)
    except (ValidationError, ValueError):
        whole = False
    if not whole:
        _refuse(
            file,
            _("This record was damaged or changed after the run: it does not have the hash that it states."),
            _("Take the record as the run left it, or run the command again."),
        )
    return record


def _refuse(file: Path, what: str, remedy: str) -> NoReturn:
    raise InputError([Finding(Place(shown(file)), what, remedy)])


def _parsed(raw: bytes) -> dict[str, Any] | None:
    """The JSON object in some bytes, or None when there is none, a key stands twice, or it is nested too deep."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        if len(dict(pairs)) < len(pairs):
            raise ValueError("a key stands twice")
        return dict(pairs)

    def no_number(text: str) -> NoReturn:
        raise ValueError(f"{text} is no number")

    try:
        content = json.loads(raw.decode("utf-8"), object_pairs_hook=once, parse_constant=no_number)
    except (ValueError, RecursionError):
        return None
    return content if isinstance(content, dict) and not _too_deep(content) else None


def _too_deep(value: object) -> bool:
    level: list[object] = [value]
    for _depth in range(_DEEPEST):
        level = [
            item
            for container in level
            if isinstance(container, (dict, list))
            for item in (container.values() if isinstance(container, dict) else container)
        ]
        if not level:
            return False
    return True
