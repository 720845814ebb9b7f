"""The finished blocks of a sweep, kept beside its output until all of it is there: an interruption loses at most the
blocks that were being worked out."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from msgspec import Struct

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _
from gguplan.model.sweep.all_outcomes import AllOutcomes
from gguplan.model.sweep.design import Design, in_parts
from gguplan.model.sweep.one_at_a_time import OneAtATime
from gguplan.model.sweep.outcomes import Outcomes
from gguplan.runs.output_files import write_paths
from gguplan.runs.sweep.blocks import Blocks, block_size
from gguplan.runs.sweep.variants import Task
from gguplan.shipped import shown


class Kept(Struct, frozen=True):
    """The folder with the finished blocks of one sweep, which `fingerprint` tells from every other."""

    folder: Path
    fingerprint: str

    def begin(self, force: bool) -> None:
        """Go on with what is there. Raises InputError when it is of another sweep, unless `force`, which throws that
        away."""
        if self.folder.exists() and self._fingerprint_kept() != self.fingerprint:
            if not force:
                raise InputError(
                    [
                        Finding(
                            Place(shown(self.folder)),
                            _("An unfinished sweep is kept here, of another scenario, plan or data."),
                            _("Choose another --out, or begin anew with --force."),
                        )
                    ]
                )
            self.remove()

    def not_done(self, blocks: Blocks, columns: tuple[str, ...]) -> Blocks:
        """The blocks that are not finished; one that cannot be read is not."""
        return blocks.only(
            number for number, variants in blocks.items() if self._read(number, len(variants), columns) is None
        )

    def together(self, blocks: Blocks, size: int, columns: tuple[str, ...]) -> AllOutcomes:
        """All blocks in their order, when all are finished: `size` variants. They stay where they are kept, so that a
        large sweep holds no more in memory than a small one."""

        def parts() -> Iterator[Outcomes]:
            for number, variants in blocks.items():
                block = self._read(number, len(variants), columns)
                assert block is not None
                yield block

        return AllOutcomes(columns, size, parts)

    def _read(self, number: int, size: int, columns: tuple[str, ...]) -> Outcomes | None:
        try:
            with np.load(self._file(number), allow_pickle=False) as kept:
                rows, problems = kept["rows"], kept["problems"].tolist()
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return None
        if rows.shape != (size, len(columns)) or len(problems) != size:
            return None
        return Outcomes(columns, rows, tuple((english, dutch) for english, dutch in problems))

    def keep(self, number: int, outcomes: Outcomes) -> None:
        """Keep a finished block, whole."""
        content = io.BytesIO()
        np.savez(content, rows=outcomes.rows, problems=np.array(outcomes.problems, dtype=np.str_))
        plan = json.dumps({"fingerprint": self.fingerprint}).encode()
        write_paths({self._plan: plan, self._file(number): content.getvalue()}, force=True, is_result=False)

    def remove(self) -> None:
        """Throw all of it away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _plan(self) -> Path:
        return self.folder / "plan.json"

    def _file(self, number: int) -> Path:
        return self.folder / f"block-{number:06}.npz"

    def _fingerprint_kept(self) -> str:
        try:
            plan = json.loads(self._plan.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return ""
        return str(plan.get("fingerprint")) if isinstance(plan, dict) else ""


def beside(out: Path) -> Path:
    """The folder for what is unfinished of an output."""
    return out.with_name(f"{out.name}.unfinished")


def fingerprint(task: Task, design: Design, alone: OneAtATime) -> str:
    """What tells a sweep from every other: the scenario as it is after all its layers, its inhabitants, the plan, and
    what comes out of each factor by itself, in which every file shows that the sweep depends on."""
    population = task.base.population
    parts = {
        "version": version("gguplan"),
        "scenario": task.base.layers.data,
        "factors": [(factor.name, factor.leaf, factor.choices) for factor in task.factors],
        "asked": task.followed.gm_codes,
        "draws": (task.followed.draws, task.followed.seed if task.followed.draws else 0),
        "columns": task.followed.columns,
        "block": block_size(task),
        "history": [str(row) for row in task.followed.history] if task.followed.draws else [],
    }
    digest = sha256(json.dumps(parts, sort_keys=True, default=str, ensure_ascii=False).encode())
    for array in (*in_parts(design), population.inhabitants, population.codes, alone.outcomes.rows):
        digest.update(str(array.shape).encode() + np.ascontiguousarray(array).tobytes())
    return digest.hexdigest()
