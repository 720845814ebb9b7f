"""What every test starts from: English, whatever the locale of the machine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from gguplan.language import set_language

# Machines are noisy: a slow example is no failure.
settings.register_profile("without deadline", deadline=None)
settings.load_profile("without deadline")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Write English, also in commands, which take the language of the locale."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    set_language("en")
    yield
    set_language("en")
