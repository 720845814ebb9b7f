"""What the page sends, read strictly: an address, an act, and which parts it has already."""

from __future__ import annotations

from typing import Annotated, Literal, assert_never

from pydantic import Field, ValidationError

from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.strict_model import StrictModel
from gguplan.language import _
from gguplan.visible_text import unseen
from gguplan.workbench.changes import (
    Act,
    Choose,
    Drop,
    Look,
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
from gguplan.workbench.state import LONGEST_ADDRESS

Word = Literal["look", "set", "toggle", "outside", "back", "table", "choose", "sum", "beside", "start", "show", "drop"]


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
    known: Annotated[dict[str, str], Field(max_length=3_000)] = Field(default_factory=dict)
    """The parts of the page that are there, each in brief."""
    tab: Annotated[str, Field(max_length=40)] = ""
    """Which tab it is, for telling what was not saved when the server ends."""


def request_in(body: bytes) -> ActRequest:
    """The request in a body. Raises InputError for anything else."""
    try:
        request = ActRequest.model_validate_json(body)
    except (ValidationError, ValueError, RecursionError):
        raise _refused(_("This is not a request of this page.")) from None
    if any(map(unseen, request.path + request.value)):
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
        case "choose":
            return Choose(value)
        case "sum":
            return OpenSum(path)
        case "beside":
            return PutBeside(value)
        case "start":
            return StartFrom(value)
        case "show":
            return Show(path)
        case "drop":
            return Drop(path)
        case _:
            assert_never(request.act)


def _refused(what: str) -> InputError:
    return InputError([Finding(Place(_("request")), what, _("Reload the page."))])
