"""The README and the documentation: what they show is what comes out, and what they point at is there."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from gguplan.commands.cli import app
from tests.documentation.commands import every_command, parameters_of
from tests.documentation.links import dead_links
from tests.documentation.outputs import elided
from tests.documentation.pages import (
    DOCS,
    README,
    ROOT,
    Block,
    blocks,
    every_page,
    language_of,
    name_of,
    without_blocks,
)
from tests.documentation.reference import reference_pages
from tests.documentation.session import Typed, play

PAGES = [page for page in every_page() if not page.is_relative_to(DOCS / "reference")]
by_page = pytest.mark.parametrize("page", PAGES, ids=name_of)

AS_A_BASE = 'title = "Voorbeeld"\nextends = "{base}"\nsource = "Voorbeeld"\n'
"""What stands above a part of a scenario to make it whole."""


@by_page
def test_every_command_says_what_the_page_shows(page: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A page is played in an empty folder; those in Dutch on a computer that is set to Dutch."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", {"nl": "nl_NL.UTF-8", "en": "en_GB.UTF-8"}[language_of(page)])
    for typed in play(page.read_text(encoding="utf-8")):
        assert typed.agrees, f"gguplan {typed.command}\n{typed.printed}"


@by_page
def test_every_scenario_shown_is_right(page: Path, tmp_path: Path) -> None:
    """Also a part of one: it is read as an extension of a scenario that comes with gguplan."""
    for number, block in enumerate(block for block in blocks(page.read_text(encoding="utf-8")) if block.kind == "toml"):
        data = tomllib.loads(block.text)
        base = "fonds-ggu-2020" if "horizon" in data else "uitnamen-2017"
        file = tmp_path / (block.title or f"{number}.toml")
        whole = "title" in data
        file.write_text(block.text if whole else AS_A_BASE.format(base=base) + block.text, encoding="utf-8")
        outcome = CliRunner().invoke(app, ["scenario", "check", str(file)])
        assert outcome.exit_code == 0, outcome.stderr


@by_page
def test_every_command_in_the_text_exists(page: Path) -> None:
    """A command that is named in a sentence has the options that are named with it."""
    commands = every_command()
    text = without_blocks(page.read_text(encoding="utf-8"))
    for typed in re.findall(r"`gguplan ([^`]+)`", text):
        words = shlex.split(typed)
        name = next((name for name in (" ".join(words[:2]), words[0]) if name in commands), None)
        if name is None:
            groups = {command.partition(" ")[0] for command in commands if " " in command}
            assert words in (["--version"], ["--help"], ["--install-completion"]) or words[0] in {*groups, "COMMAND"}, (
                typed
            )
            continue
        known = {"--help", *(option for parameter in parameters_of(commands[name]) for option in parameter.names)}
        assert {word for word in words if re.match(r"--?[a-z]", word)} <= known, typed


@by_page
def test_every_link_leads_somewhere(page: Path) -> None:
    assert dead_links(page) == []


def test_links_of_the_reference_lead_somewhere() -> None:
    for page in DOCS.glob("reference/*.md"):
        assert dead_links(page) == []


@by_page
def test_no_shell_block_hides_a_command_that_is_not_executed(page: Path) -> None:
    """Commands stand in console blocks, which are executed; those of the README are those of CI."""
    shell = [block.text for block in blocks(page.read_text(encoding="utf-8")) if block.kind in ("sh", "bash", "shell")]
    if page == README:
        ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
        assert len(shell) == 3
        assert all(command.strip() in ci for block in shell for command in block.splitlines())
    else:
        assert not any("gguplan " in text for text in shell)


@by_page
def test_the_python_of_a_page_runs(page: Path) -> None:
    for block in blocks(page.read_text(encoding="utf-8")):
        if block.kind == "python":
            exec(compile(block.text, page.name, "exec"), {})


def test_the_reference_pages_are_those_of_the_program() -> None:
    """``python -m tests.documentation`` writes them."""
    for name, text in reference_pages().items():
        page = DOCS / name
        assert page.is_file() and page.read_text(encoding="utf-8") == text, f"{name}: python -m tests.documentation"


def test_a_page_in_one_language_leads_to_the_same_page_in_the_other() -> None:
    for page in DOCS.rglob("*.nl.md"):
        english = page.with_name(page.name.replace(".nl.md", ".en.md"))
        assert english.is_file() or page.with_name(page.name.replace(".nl.md", ".md")).is_file(), page.name


def test_every_page_is_in_the_navigation_of_the_site() -> None:
    site = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))
    named = re.findall(r"'([^']+\.md)'", str(site["project"]["nav"]))
    assert sorted(named) == sorted(page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md"))


def test_an_output_that_differs_is_noticed_also_between_lines_that_are_left_out() -> None:
    nothing = Block("console", None, "", 0, 0)
    printed = "Zwolle pays 12\n\nYear  to pay\n2016  10\n2017  11\nThe end"
    for shown in (
        printed,
        "…",
        "Zwolle pays 12\n…",
        "…\nThe end",
        "…\n2016  10\n…",
        "Zwolle pays 12\n…\n2017  11\n…\nThe end",
    ):
        assert Typed(nothing, "", shown, printed).agrees, shown
    for shown in (
        "",
        "Zwolle pays 12",
        "Zwolle pays 13\n…",
        "…\n2016  11\n…",
        "…\n2017  11\n…\n2016  10\n…",
        "…\n2017  11",
    ):
        assert not Typed(nothing, "", shown, printed).agrees, shown


def test_an_output_is_refreshed_where_the_page_leaves_lines_out() -> None:
    printed = "Zwolle pays 12\n\nYear  to pay\n2016  10\n2017  11\n2018  12\nThe end"
    assert elided("Zwolle pays 3\n…", printed) == "Zwolle pays 12\n…"
    assert elided("Zwolle pays 3\n…\n2017  9\n…\nThe end.", printed) == "Zwolle pays 12\n…\n2017  11\n…\nThe end"
    assert elided("all", printed) == printed
    assert elided("…", printed) == "…"
