"""What the tests of a run make of the same again and again: made once, for all its workers."""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from pathlib import Path
from typing import Any


def kept(function: Callable[..., Any], folder: Path, written: Callable[[Any], bytes]) -> Callable[..., Any]:
    """The function, which takes from memory or from a folder of this run what it made before of the same arguments;
    `written` is what tells one from another."""
    made: dict[str, Any] = {}

    @wraps(function)
    def once(*arguments: Any, **options: Any) -> Any:
        digest = sha256(written((arguments, options))).hexdigest()
        if digest not in made:
            file = folder / f"{function.__name__}-{digest}"
            if file.exists():
                made[digest] = pickle.loads(file.read_bytes())
            else:
                made[digest] = function(*arguments, **options)
                # Another worker sees it whole or not at all.
                begun = file.with_suffix(f".{os.getpid()}")
                begun.write_bytes(pickle.dumps(made[digest]))
                begun.replace(file)
        return made[digest]

    return once
