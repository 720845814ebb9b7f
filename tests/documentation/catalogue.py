"""The Dutch catalogue in one order, with the files in which each message stands."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from typer.main import get_command

import gguplan
from gguplan.commands.cli import app
from gguplan.commands.help_in_language import help_texts
from gguplan.inputs.scenario.new_scenario import descriptions_of
from gguplan.inputs.scenario.schema_walk import models

PACKAGE: Final = Path(gguplan.__file__).parent
CATALOGUE: Final = PACKAGE / "languages" / "nl.po"

_FORMS: Final = {"_": 1, "plural": 2}
"""The functions that translate, and how many forms of the message each takes first."""
_HEADER: Final = """msgid ""
msgstr ""
"Language: nl\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Message = tuple[str, ...]
"""One message: its text, or one and many."""


class Call(NamedTuple):
    """A place in the code that translates; `message` is None where it is no text but a variable."""

    file: str
    line: int
    message: Message | None


@cache
def calls() -> tuple[Call, ...]:
    """Every place in the package that translates; babel's own extraction overlooks a call within a call."""
    return tuple(_calls())


def _calls() -> Iterator[Call]:
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _FORMS:
                forms = node.args[: _FORMS[node.func.id]]
                texts = [form.value for form in forms if isinstance(form, ast.Constant) and isinstance(form.value, str)]
                message = tuple(texts) if len(texts) == _FORMS[node.func.id] else None
                yield Call(file.relative_to(PACKAGE).as_posix(), node.lineno, message)


def files_by_message() -> dict[Message, list[str]]:
    """The files in which each message of the code, and each description of a field of a scenario, stands."""
    files: dict[Message, set[str]] = defaultdict(set)
    for call in calls():
        if call.message:
            files[call.message].add(f"{PACKAGE.name}/{call.file}")
    for model in models():
        for text in descriptions_of(model):
            files[(text,)].add(model.__module__.replace(".", "/") + ".py")
    for text in help_texts(get_command(app)):
        files[(text,)].add(f"{PACKAGE.name}/commands/cli.py")
    return {message: sorted(names) for message, names in files.items()}


def read_catalogue() -> Catalog:
    """The Dutch catalogue as it is."""
    with CATALOGUE.open("rb") as source:
        return read_po(source, locale="nl", abort_invalid=True)


def forms(text: str | list[str] | tuple[str, ...] | None) -> Message:
    """A message of the catalogue as one or two forms."""
    return (text,) if isinstance(text, str) else tuple(text or ())


def located_catalogue() -> str:
    """The catalogue with the files of each message, in the order of the English."""
    catalogue, files = read_catalogue(), files_by_message()
    for message in catalogue:
        if message.id:
            message.locations = [(file, 0) for file in files.get(forms(message.id), [])]
    written = BytesIO()
    write_po(written, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return _HEADER + written.getvalue().decode().strip("\n") + "\n"
