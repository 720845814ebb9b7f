"""The help of a command in the language of who asks for it: that which is typed, or else that of the locale."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

_TYPED: Final = "gguplan.typed"
_LANGUAGE: Final = re.compile(r"--lang[= ](nl|en)\b")
_EXTRAS: Final = re.compile(r"(?s)(?P<help>.*?)(?:  )?\[(?P<extras>[^\[\]]*)\]")
"""What the library writes behind the help of an option: whether it is required, its default and its range."""


def typed_or_of_locale(typed: Sequence[str]) -> Any:
    """The language that is typed, or else that of the locale."""
    from gguplan.language import language_of_locale

    stated = _LANGUAGE.search(" ".join(typed))
    return stated[1] if stated else language_of_locale()


def in_language_of_now(text: str) -> str:
    """A text of the help, or what it calls an argument, in the language of now."""
    from gguplan.language import _

    return "\n\n".join(_(paragraph) for paragraph in _paragraphs(text))


def help_texts(command: Any) -> Iterator[str]:
    """Every text of the help of a command and of those that it groups, for the catalogue of translations."""
    yield from _paragraphs(command.help)
    for parameter in command.get_params(typer.Context(command)):
        yield from _paragraphs(getattr(parameter, "help", None))
        if parameter.metavar:
            yield parameter.metavar
    for inner in getattr(command, "commands", {}).values():
        yield from help_texts(inner)


_COMMAND: Any = TyperCommand.__base__


class _HelpInLanguage(_COMMAND):  # type: ignore[misc]
    """What the library asks of a command and of a group alike, in the language of who asks."""

    def get_help(self, ctx: Any) -> str:
        """The help as text."""
        return _help_of(self, ctx)

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first sentence of the help, in the language of now."""
        with _translated(self, ()):
            return str(super().get_short_help_str(limit))

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """What a shell fills in, with its help."""
        with _in_language(self, ctx):
            return super().shell_complete(ctx, incomplete)


class Command(_HelpInLanguage, TyperCommand):
    """A command of which the help is in the language of who asks."""


class Group(_HelpInLanguage, TyperGroup):
    """Commands of which the help is in the language of who asks."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what stands before the command; what was typed is kept for the help of every command below, which is
        asked for before options are read. With --help alone the language may stand here too."""
        ctx.meta.setdefault(_TYPED, tuple(args))
        rest = re.sub(r"(^| )--lang[= ](nl|en)(?= |$)", "", " ".join(args)).split()
        return super().parse_args(ctx, rest if rest and set(rest) <= {"-h", "--help"} else args)


_LIBRARY: Any = typer.Context.formatter_class


class _Formatter(_LIBRARY):  # type: ignore[misc]
    """Writes the words of the library itself in the language of now."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that says how a command is typed."""
        from gguplan.language import _

        words = {"[OPTIONS]": _("[OPTIONS]"), "COMMAND": _("COMMAND"), "[ARGS]...": _("[ARGS]...")}
        super().write_usage(prog, " ".join(words.get(word, word) for word in args.split(" ")), _("Usage:") + " ")

    def write_heading(self, heading: str) -> None:
        """What stands above arguments, options and commands."""
        from gguplan.language import _

        headings = {"Arguments": _("Arguments"), "Options": _("Options"), "Commands": _("Commands")}
        super().write_heading(headings.get(heading, heading))

    def write_dl(self, rows: Sequence[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        """Each option or command with its help."""
        super().write_dl([(name, _with_extras(text)) for name, text in rows], *args, **kwargs)


def _with_extras(text: str) -> str:
    from gguplan.language import _

    parts = _EXTRAS.fullmatch(text)
    if parts is None:
        return text
    extras = []
    for extra in parts["extras"].split("; "):
        name, colon, value = extra.partition(": ")
        if extra == "required":
            extras.append(_("required"))
        elif name == "default" and colon:
            extras.append(_("default: {value}", value=value))
        else:
            extras.append(extra)
    return "  ".join(filter(None, (parts["help"], f"[{'; '.join(extras)}]")))


def _help_of(command: Any, ctx: Any) -> str:
    with _in_language(command, ctx):
        formatter = _Formatter(width=ctx.terminal_width, max_width=ctx.max_content_width)
        command.format_help(ctx, formatter)
        return str(formatter.getvalue().rstrip("\n"))


@contextmanager
def _in_language(command: Any, ctx: Any) -> Iterator[None]:
    from gguplan.language import written_in

    with written_in(typed_or_of_locale(ctx.meta.get(_TYPED, ()))), _translated(command, command.get_params(ctx)):
        yield


@contextmanager
def _translated(command: Any, parameters: Sequence[Any]) -> Iterator[None]:
    """A command with its help, and that of its parameters, in the language of now: the library asks them for it."""
    from gguplan.language import current_language

    if current_language() == "en":
        yield
        return
    kept = [(command, "help", command.help)]
    for parameter in parameters:
        kept += [
            (parameter, name, getattr(parameter, name)) for name in ("help", "metavar") if hasattr(parameter, name)
        ]
    try:
        for holder, name, text in kept:
            if text:
                setattr(holder, name, in_language_of_now(text))
        yield
    finally:
        for holder, name, text in kept:
            setattr(holder, name, text)


def _paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a help text, each on one line; the library breaks lines where they are shown."""
    shown = inspect.cleandoc(text or "").partition("\f")[0]
    return [" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", shown) if paragraph.strip()]
