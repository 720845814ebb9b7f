"""A command that is typed wrongly, told as every other mistake: what is wrong, what to do, in the user's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Sequence
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NoReturn

import typer

from gguplan.commands.help_in_language import Group, in_language_of_now, typed_or_of_locale
from gguplan.commands.streams import ends_of_the_streams

if TYPE_CHECKING:
    from gguplan.findings import Finding

_WrongUsage: type[Exception] = typer.BadParameter.__bases__[0]
"""What typer raises for any command that is typed wrongly; only this child of it is public."""


class Commands(Group):
    """Commands of which the wrong use is a finding, with exit code 2."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """A command, of which the help says what its arguments are and not of which type of Python."""
        command = super().get_command(ctx, cmd_name)
        _leave_types_out(command)
        return command

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what stands before the command: an option that belongs after it is told as that."""
        typed = list(args)
        try:
            with ends_of_the_streams():
                return super().parse_args(ctx, args)
        except _WrongUsage as problem:
            if type(problem).__name__ == "NoArgsIsHelpError":
                raise
            _refuse(partial(_finding, problem, typed), typed)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is asked for."""
        typed = [*getattr(ctx, "_protected_args", ()), *ctx.args]
        nameless = _file_without_a_name(typed)
        if nameless is not None:
            _refuse(_nothing_named(nameless), typed)
        try:
            # Within the library, which ends an interruption while a command is loaded without a word.
            with ends_of_the_streams():
                command = self.get_command(ctx, typed[0]) if typed else None
                if command is not None and (of_streams := _not_a_stream(typed, _options_of(command))) is not None:
                    _refuse(of_streams, typed)
                return super().invoke(ctx)
        except _WrongUsage as problem:
            if type(problem).__name__ == "NoArgsIsHelpError":
                raise
            _refuse(partial(_finding, problem, typed), typed)


def _leave_types_out(command: Any) -> None:
    """Newer versions of the library write the type of an argument behind its name."""
    for parameter in getattr(command, "params", ()):
        if parameter.param_type_name == "argument" and hasattr(parameter, "display_type_rich"):
            parameter.display_type_rich = lambda ctx: None
    for inner in getattr(command, "commands", {}).values():
        _leave_types_out(inner)


_FILES: Final = ("--out", "-o", "--chart", "--map", "--ledger", "--running", "--template", "--to")
"""The options that take a file or a folder: an empty name would be the working folder."""


def _file_without_a_name(typed: Sequence[str]) -> str | None:
    """The option after which an empty name stands for a file or a folder; None where there is none."""
    pairs = zip(typed, [*typed[1:], "…"], strict=True)
    return next((word.rstrip("=") for word, after in pairs if _is_nameless(word, after)), None)


def _is_nameless(word: str, after: str) -> bool:
    return word in {f"{option}=" for option in _FILES} or (word in _FILES and not after.strip())


_WITH_ONE_TABLE: Final = ("estimate", "forecast", "compare")
"""The commands of which ``--out -`` is their table; others write several files, or one that is no text."""


def _not_a_stream(typed: Sequence[str], available: Container[str]) -> Callable[[], Finding] | None:
    """What is wrong where - stands for a file and cannot, or where two things would go to standard output; of options
    that the command has."""
    pairs = [*pairwise(typed), *((word[:-2], "-") for word in typed if word.endswith("=-"))]
    options = [word for word, after in pairs if word in _FILES and word in available and after == "-"]
    if not options:
        return None
    tables = [option for option in options if option in ("--out", "-o") and typed[0] in _WITH_ONE_TABLE]
    if tables == options and "--json" not in typed:
        return None
    return partial(_no_stream, next((option for option in options if option not in tables), None))


def _no_stream(option: str | None) -> Finding:
    from gguplan.findings import Finding, Place
    from gguplan.language import _, listed_with_or

    if option is None:
        what = _("The table and the JSON would both go to standard output.")
        return Finding(Place("--json --out -"), what, _("Leave one of the two out."))
    what = _("{name} takes a file or a folder, and no standard input or output.", name=option)
    remedy = _(
        "Name it; with --json the result goes to standard output, and with --out - the table of {commands}.",
        commands=listed_with_or(_WITH_ONE_TABLE),
    )
    return Finding(Place(f"{option} -"), what, remedy)


def _nothing_named(option: str) -> Callable[[], Finding]:
    def finding() -> Finding:
        from gguplan.findings import Finding, Place
        from gguplan.language import _

        return Finding(
            Place(option), _("Something is missing after {name}.", name=option), _("Name a file or a folder.")
        )

    return finding


def _refuse(made: Callable[[], Finding], typed: list[str]) -> NoReturn:
    """End with a finding, which is made in the language that was typed, or that of the locale."""
    from gguplan.commands.streams import refuse
    from gguplan.language import set_language

    set_language(typed_or_of_locale(typed))
    refuse([made()], "--json" in typed)


def _before_the_command(problem: Any, typed: Sequence[str]) -> Finding | None:
    """An option of a command that stands before it; None where no command has it."""
    from gguplan.findings import Finding, Place
    from gguplan.language import _

    option, path = problem.option_name, problem.ctx.command_path if problem.ctx else "gguplan"
    commands = getattr(problem.ctx.command, "commands", {}) if problem.ctx else {}
    with_it = {name for name, command in commands.items() if option in _options_of(command)}
    if not with_it:
        return None
    name = next((word for word in typed if word in with_it), min(with_it))
    example = f"{path} {name} … {option}"
    return Finding(
        Place(path),
        _("{option} stands before the command.", option=option),
        _("Write it after the command: {example}", example=example),
    )


def _options_of(command: Any) -> set[str]:
    """The options of a command, or of those that it groups."""
    own = {option for parameter in command.params for option in parameter.opts}
    return own.union(*map(_options_of, getattr(command, "commands", {}).values()))


def _finding(problem: Any, typed: Sequence[str]) -> Finding:
    from gguplan.findings import Finding, Place
    from gguplan.language import _, listed_with_or

    command = problem.ctx.command_path if problem.ctx else "gguplan"
    place, help_ = Place(command), _("{command} --help says what can be given.", command=command)
    parameter, option = getattr(problem, "param", None), getattr(problem, "option_name", None)
    name = _name_of(parameter) if parameter else option
    if option is not None and hasattr(problem, "possibilities"):
        if (before := _before_the_command(problem, typed)) is not None:
            return before
        close = sorted(problem.possibilities or ())
        hint = _("Did you mean {names}?", names=listed_with_or(close)) if close else ""
        return Finding(place, _("There is no option {name}.", name=option), "\n".join(filter(None, (hint, help_))))
    if type(problem).__name__ == "MissingParameter":
        return Finding(place, _("{name} is missing.", name=name), help_)
    if parameter is not None:
        return Finding(place, _("{name} cannot have this value.", name=name), _what_may_be(problem) or help_)
    if option is not None:
        return Finding(place, _("Something is missing after {name}.", name=name), help_)
    if command_asked := re.match(r"No such command '(.*?)'", problem.message):
        names = ", ".join(problem.ctx.command.commands)
        what = _("There is no command {name!r}.", name=command_asked[1][:100])
        return Finding(place, what, _("Commands: {names}.", names=names))
    if words := re.search(r"unexpected extra argument(?:\(s\)|s)? \((.*)\)", problem.message):
        what = _("This is too much here: {words}", words=words[1][:100])
        return Finding(place, what, _("Put a name of several words between quotation marks.") + "\n" + help_)
    return Finding(place, problem.message, help_)


def _name_of(parameter: Any) -> str:
    """The longest way to write an option, or what an argument is called."""
    if parameter.param_type_name == "option":
        return str(max(parameter.opts, key=len))
    return in_language_of_now(str(parameter.metavar)) if parameter.metavar else str(parameter.name).upper()


def _what_may_be(problem: Any) -> str:
    """The values that an option takes; empty where its help says it."""
    from gguplan.language import _, listed_with_or

    if choices := re.search(r"is not one of (.*)", problem.message):
        return _("Write {choices}.", choices=listed_with_or(re.findall(r"'([^']*)'", choices[1])))
    return ""
