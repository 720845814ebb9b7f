"""Mutations that follow the code they reach: ``python -m fuzz.coverage TARGET -max_total_time=300`` with atheris.

Needs ``pip install -e '.[fuzz]'``. What follows the target goes to libFuzzer. Only the modules that read are followed,
so that the time goes there.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["gguplan.inputs", "tomllib"]):
    import gguplan.inputs.ledger.importing
    import gguplan.inputs.population.importing
    import gguplan.inputs.scenario.reading
    import gguplan.inputs.sweep.plan  # noqa: F401

from tests.hostile import read_hostile
from tests.hostile_targets import TARGETS


def main() -> None:
    """Feed one target what libFuzzer makes of its seeds; ends at the first input that is neither read nor refused."""
    target = next(candidate for candidate in TARGETS if candidate.name == sys.argv[1])
    root = Path(tempfile.mkdtemp(prefix="fuzz-"))
    corpus = root / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(dict.fromkeys(target.seeds())):
        if not zipfile.is_zipfile(io.BytesIO(seed)):
            (corpus / str(number)).write_bytes(seed)
    folder = root / "folder"

    def read(content: bytes) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        read_hostile(target, content, folder, seconds=20)

    atheris.Setup([sys.argv[0], str(corpus), *sys.argv[2:]], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
