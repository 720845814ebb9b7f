"""The scenarios that the page may start from. A request says a name; which file that is was settled at the start."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from gguplan.findings import Finding, InputError, Place
from gguplan.inputs.scenario.reading import ScenarioInputs, read_again, read_scenario
from gguplan.inputs.scenario.scenario_files import is_there, shipped_scenarios
from gguplan.inputs.scenario.settings import apply_settings, shown_setting
from gguplan.language import Language, _, current_language
from gguplan.runs.kept_results import KeptValues
from gguplan.runs.recorded_scenario import weight_files
from gguplan.shipped import shown
from gguplan.wording.file_names import public_name
from gguplan.wording.suggestions import did_you_mean, names_there

_MOST_READ = 60
_MOST_FILES = 200


class Bases:
    """Scenarios by the name under which an address knows them: those that were named first, then all that come with
    gguplan."""

    def __init__(self, named: Sequence[str]) -> None:
        self.files: dict[str, str] = {}
        for name in named:
            self.files.setdefault(public_name(name), name)
        for name in shipped_scenarios():
            self.files.setdefault(name, name)
        self._read: KeptValues[ScenarioInputs] = KeptValues(_MOST_READ)
        self._files_behind: dict[str, tuple[Path, ...]] = {}

    @property
    def names(self) -> list[str]:
        """The names, in order."""
        return list(self.files)

    def add(self, name: str, file: Path) -> None:
        """Make a file known under a name."""
        self.files[name] = str(file)

    def written_in(self, name: str, folder: Path | None) -> str:
        """What a scenario in a folder calls the one that it extends: a path within that folder; of a file elsewhere its
        name, beside which the scenario is to be put."""
        if self.is_shipped(name):
            return name
        file = Path(self.files[name])
        return str(file.resolve().relative_to(folder.resolve())) if self.is_in(name, folder) and folder else file.name

    def is_in(self, name: str, folder: Path | None) -> bool:
        """Whether what extends a scenario can stand in a folder as it is: that comes with gguplan, or lies in it."""
        if self.is_shipped(name):
            return True
        return folder is not None and Path(self.files[name]).resolve().is_relative_to(folder.resolve())

    def is_shipped(self, name: str) -> bool:
        """Whether a name is that of a scenario that comes with gguplan."""
        return self.files[name] == name and name in shipped_scenarios()

    def name_of(self, extends: str) -> str | None:
        """The name of what an opened scenario says that it extends; None for what is not known here. Nothing is looked
        for on the disk: a path is that of a known file when this ends as it does."""
        if extends in self.files:
            return extends
        end = Path(extends).parts
        for name, file in self.files.items():
            if not self.is_shipped(name) and end and Path(file).absolute().parts[-len(end) :] == end:
                return name
        return None

    def read(self, name: str) -> ScenarioInputs:
        """The scenario of a name, without changes; read again when a file behind it has changed. Raises InputError."""
        if name not in self.files:
            place = Place(_("scenario {name!r}", name=name[:100]))
            what = _("The workbench was not started with this scenario.")
            known = _("Scenarios: {names}.", names=names_there(self.files))
            raise InputError([Finding(place, what, did_you_mean(name, self.files) + known)])
        language: Language = current_language()
        return self._read.get((name, self.version(name), language), lambda: self._read_files(name))

    def version(self, name: str) -> tuple[int, ...]:
        """When each file behind a scenario was last written: that itself, what it extends, and tables that it names."""
        return tuple(map(_changed_at, self._files_behind.get(name, (Path(self.files[name]),))))

    def _read_files(self, name: str) -> ScenarioInputs:
        inputs = read_scenario(self.files[name])
        scenarios = [document.folder / Path(document.name).name for document in inputs.layers.files]
        self._files_behind[name] = (*scenarios, *(file for _name, file in weight_files(inputs).values()))
        return inputs

    def changed(self, name: str, settings: Sequence[str]) -> ScenarioInputs:
        """The scenario of a name with settings on top. Raises InputError, also for a setting that names a file."""
        base = self.read(name)
        if not settings:
            return base
        suspect = [setting for setting in settings if _may_name_a_file(setting)]
        named = set(_files_in(base.layers.data)) if suspect else set()
        findings = [
            Finding(
                Place(shown_setting(setting)),
                _("A file cannot be named here: {file}.", file=file[:100]),
                _("Write it in a scenario, and start with that: gguplan serve voorstel.toml"),
            )
            for setting in suspect
            for file in _files_in(_alone(base, setting))
            if file not in named
        ]
        if findings:
            raise InputError(findings)
        return read_again(base, settings)


def add_scenarios_of(folder: Path, bases: Bases) -> None:
    """Make the scenarios of a folder known. Raises InputError when it is no folder."""
    if not is_there(folder, folder=True):
        what = _("There is no such folder.")
        raise InputError([Finding(Place(shown(folder)), what, _("Make it first, or leave --folder out."))])
    for file in islice(sorted(folder.glob("*.toml")), _MOST_FILES):
        if file.is_file():
            bases.add(public_name(file), file)


def _may_name_a_file(setting: str) -> bool:
    """Whether a setting can hold the key of a file: in its path, or in a table between braces."""
    path, _equals, value = setting.partition("=")
    return "{" in value or "file" in path.strip().split(".")


def _alone(base: ScenarioInputs, setting: str) -> object:
    """What a setting says by itself; nothing where it cannot be read."""
    try:
        return apply_settings(base.layers, [setting]).data
    except InputError:
        return None


def _files_in(data: object) -> Iterator[str]:
    """Every file that a scenario's data names: nothing that comes in over the page is read from the disk."""
    if isinstance(data, Mapping):
        if "file" in data:
            yield str(data["file"])
        for value in data.values():
            yield from _files_in(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from _files_in(value)


def _changed_at(file: Path) -> int:
    """When a file was last written, in nanoseconds; 0 for one that is not there."""
    try:
        return file.stat().st_mtime_ns
    except (OSError, ValueError):
        return 0
