"""Which files a scenario is made of: itself, and all that it extends, each once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from msgspec import Struct, field

from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.scenario.read_once import kept_or_read
from gguplan.inputs.scenario.scenario_files import find_scenario
from gguplan.inputs.toml_document import KeyPath, TomlDocument, read_toml
from gguplan.language import _
from gguplan.shipped import shown

MOST_EXTENDED: Final = 20
"""The most scenarios that extend each other, one upon the other or together."""


class ScenarioFile(Struct, frozen=True, eq=False):
    """A file of a scenario and the files that it extends, in the order in which it names them."""

    document: TomlDocument
    below: tuple[ScenarioFile, ...] = ()

    def documents(self) -> list[TomlDocument]:
        """From the file itself to the one at the bottom, each once and after all that extend it."""
        from_below: list[ScenarioFile] = []

        def go_down(file: ScenarioFile) -> None:
            for extended in file.below:
                if extended not in from_below:
                    go_down(extended)
            from_below.append(file)

        go_down(self)
        return [file.document for file in reversed(from_below)]


def read_files(name: str) -> ScenarioFile:
    """Read the file of a scenario, and all that it extends.

    Raises InputError for a file that cannot be read, for scenarios that extend each other in a circle, and for more
    than `MOST_EXTENDED`.
    """
    return _Reading().read(find_scenario(name), ())


class _Reading(Struct):
    files: dict[Path, ScenarioFile] = field(default_factory=dict)

    def read(self, file: Path, above: tuple[Path, ...]) -> ScenarioFile:
        """A file with all below it; `above` are those that extend it, from the top."""
        if (place := file.resolve()) in self.files:
            return self.files[place]
        document, way = kept_or_read(("file", str(place)), lambda: read_toml(file)), (*above, place)
        below: list[ScenarioFile] = []
        for path, name in _named(document.data.get("extends")):
            extended = self._extended(name, document, document.place(path), way)
            if extended in below:
                what, remedy = _("{name!r} stands here a second time.", name=name[:100]), _("Keep it once.")
                raise InputError([Finding(document.place(path), what, remedy)])
            below.append(extended)
        self.files[place] = ScenarioFile(document, tuple(below))
        return self.files[place]

    def _extended(self, name: str, document: TomlDocument, place: Place, way: tuple[Path, ...]) -> ScenarioFile:
        file = find_scenario(name, document.folder, place)
        if file.resolve() in way:
            path = " → ".join(shown(earlier) for earlier in (*way, file.resolve()))
            raise InputError(
                [
                    Finding(
                        place,
                        _("This scenario extends itself: {path}.", path=path),
                        _("Let it extend another, or none."),
                    )
                ]
            )
        if len(way) == MOST_EXTENDED or len(self.files) == MOST_EXTENDED:
            raise InputError(
                [
                    Finding(
                        place,
                        _("More than {count} scenarios extend each other.", count=MOST_EXTENDED),
                        _("Write some of them together."),
                    )
                ]
            )
        return self.read(file, way)


def _named(extends: object) -> list[tuple[KeyPath, str]]:
    """The scenarios that are named, each with its path; what is no name is told when the keys are checked."""
    if isinstance(extends, str):
        return [(("extends",), extends)]
    names = extends[: MOST_EXTENDED + 1] if isinstance(extends, list) else []
    return [(("extends", place), name) for place, name in enumerate(names) if isinstance(name, str)]
