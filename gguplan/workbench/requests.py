"""What the page sends, read strictly: an address, an act, and which parts it has already."""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar, assert_never

from pydantic import Field, ValidationError

from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.strict_model import StrictModel
from gguplan.language import _
from gguplan.visible_text import has_unseen
from gguplan.workbench.changes import (
    Act,
    AddGroup,
    AddProgramme,
    AddRow,
    Choose,
    Drop,
    Look,
    OpenFile,
    OpenSum,
    OpenTable,
    PutBeside,
    PutOutside,
    SetKey,
    Show,
    StartFrom,
    TakeBack,
    Toggle,
)
from gguplan.workbench.long.task import Kind
from gguplan.workbench.state import LONGEST_ADDRESS

Word = Literal[
    "look",
    "set",
    "toggle",
    "outside",
    "back",
    "table",
    "choose",
    "sum",
    "beside",
    "start",
    "open",
    "show",
    "drop",
    "programme",
    "group",
    "row",
]


_FEW = Field(max_length=10)


class ActRequest(StrictModel):
    """One act on the page."""

    address: Annotated[str, Field(max_length=LONGEST_ADDRESS)]
    """The state before the act, as it stands in the address."""
    act: Word
    """What is done."""
    path: Annotated[str, Field(max_length=500)] = ""
    """To what: a key of the scenario, a programme, the number of a scenario."""
    value: Annotated[str, Field(max_length=20_000)] = ""
    """With what: what was typed, or a name."""
    text: Annotated[str, Field(max_length=900_000)] = ""
    """A scenario file that is opened."""
    fields: Annotated[dict[Annotated[str, Field(max_length=40)], Annotated[str, Field(max_length=2_000)]], _FEW] = (
        Field(default_factory=dict)
    )
    """What was typed in a form of several fields."""
    known: Annotated[dict[str, str], Field(max_length=3_000)] = Field(default_factory=dict)
    """The parts of the page that are there, each in brief."""
    tab: Annotated[str, Field(max_length=40)] = ""
    """Which tab it is, for telling what was not saved when the server ends."""


class SaveRequest(StrictModel):
    """What is worked on is saved: as text, or in the folder under a name."""

    address: Annotated[str, Field(max_length=LONGEST_ADDRESS)]
    """The state, as it stands in the address."""
    title: Annotated[str, Field(max_length=2_000)]
    """What reports are headed with."""
    source: Annotated[str, Field(max_length=2_000)]
    """Where the figures come from."""
    name: Annotated[str, Field(max_length=200)] | None = None
    """The name of the file in the folder, empty: after its title; none: it is downloaded."""
    overwrite: bool = False
    """Whether a file of that name may be overwritten."""
    tab: Annotated[str, Field(max_length=40)] = ""
    """Which tab it is."""


class LongRequest(StrictModel):
    """A long answer is asked."""

    address: Annotated[str, Field(max_length=LONGEST_ADDRESS)]
    """The state, as it stands in the address."""
    kind: Kind
    """Which answer."""
    vary: Annotated[tuple[Annotated[str, Field(max_length=2_000)], ...], Field(max_length=10, strict=False)] = ()
    """For a sweep: what varies, and how."""


class StopRequest(StrictModel):
    """A long answer is stopped."""

    job: Annotated[str, Field(max_length=40)]
    """Which."""


Request = TypeVar("Request", bound=StrictModel)


def request_in(body: bytes, kind: type[Request]) -> Request:
    """The request in a body. Raises InputError for anything else."""
    try:
        request = kind.model_validate_json(body)
    except (ValidationError, ValueError, RecursionError):
        raise _refused(_("This is not a request of this page.")) from None
    texts = [value for name, value in request if isinstance(value, str) and name != "text"]
    if isinstance(request, ActRequest):
        texts += [*request.fields, *request.fields.values()]
    if has_unseen("".join(texts)):
        raise _refused(_("A character stands in this text that cannot be seen."))
    return request


def act_of(request: ActRequest) -> Act:
    """The act that a request asks for."""
    path, value = request.path, request.value
    match request.act:
        case "look":
            return Look()
        case "set":
            return SetKey(path, value)
        case "toggle":
            return Toggle(path, value)
        case "outside":
            return PutOutside(path, value)
        case "back":
            return TakeBack(path)
        case "table":
            return OpenTable(f"{path}.{value}")
        case "programme":
            return AddProgramme(tuple(request.fields.items()))
        case "group":
            return AddGroup(tuple(request.fields.items()))
        case "row":
            return AddRow(path, tuple(request.fields.items()))
        case "choose":
            return Choose(value)
        case "sum":
            return OpenSum(path)
        case "beside":
            return PutBeside(value)
        case "start":
            return StartFrom(value)
        case "open":
            return OpenFile(request.text)
        case "show":
            return Show(path)
        case "drop":
            return Drop(path)
        case _:
            assert_never(request.act)


def _refused(what: str) -> InputError:
    return InputError([Finding(Place(_("request")), what, _("Reload the page."))])
