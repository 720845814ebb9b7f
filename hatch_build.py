"""Compiles the Dutch catalogue when a wheel is built, so that no start of the program has to read its text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[misc,type-arg,unused-ignore]
    """Puts ``languages/nl.mo`` beside ``nl.po``, in the wheel only: in a clone the text is what counts."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the build: an editable one keeps the text, which may still change."""
        if version == "editable":
            return
        with (Path(self.root) / "gguplan" / "languages" / "nl.po").open("rb") as source:
            catalogue = read_po(source, locale="nl")
        compiled = self._compiled
        compiled.parent.mkdir(parents=True, exist_ok=True)
        with compiled.open("wb") as target:
            write_mo(target, catalogue)
        build_data["force_include"][str(compiled)] = "gguplan/languages/nl.mo"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """After the build."""
        self._compiled.unlink(missing_ok=True)

    @property
    def _compiled(self) -> Path:
        return Path(self.directory) / "nl.mo"
