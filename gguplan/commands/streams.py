"""The streams of the process: closed, full, or with a reader who went away."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Final, NoReturn, TextIO

from gguplan.commands.answers import print_answer
from gguplan.commands.waiting import nothing_more
from gguplan.visible_text import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gguplan.findings import Finding

INTERRUPTED: Final = 130
"""The exit code of a command that Ctrl-C ended, as shells have it."""

_STREAMS: Final = ((0, "stdin", os.O_RDONLY, "r"), (1, "stdout", os.O_RDONLY, "w"), (2, "stderr", os.O_WRONLY, "w"))


class OutputError(OSError):
    """Standard output takes nothing more: the disk behind it is full, or it was closed."""


class _Output(io.FileIO):
    """Standard output, of which a refusal cannot be taken for that of another file."""

    def write(self, data: Any) -> int:
        nothing_more()
        try:
            return super().write(data)
        except BrokenPipeError:
            # Without its number: the command line library would end the process with 1, which is what a check says.
            raise BrokenPipeError from None
        except OSError as problem:
            raise OutputError(problem.errno, problem.strerror) from None


def prepare_streams() -> None:
    """Open what is closed, and let no character end a run.

    A stream that was closed before the program began (``>&-``) gets its number back, or the next file would have it.
    What goes to stderr then goes nowhere; what goes to stdout is refused, so that a result that nobody sees is told.
    """
    for number, name, way, mode in _STREAMS:
        if getattr(sys, name) is None:
            handle = os.open(os.devnull, way)
            if handle != number:
                os.dup2(handle, number)
                os.close(handle)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout = _telling_apart(sys.stdout)
    for stream in (sys.stdout, sys.stderr):
        # A screen or pipe that does not take every character, and names that are no text, end no run.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _telling_apart(stream: io.TextIOWrapper) -> io.TextIOWrapper:
    """The same stream over `_Output`; as it is where something else than a file of the system is under it."""
    unbuffered = type(stream.buffer) is io.FileIO
    if not unbuffered and type(getattr(stream.buffer, "raw", None)) is not io.FileIO:
        return stream
    stream.flush()
    output = _Output(stream.fileno(), "w", closefd=False)
    return io.TextIOWrapper(
        output if unbuffered else io.BufferedWriter(output),
        encoding=stream.encoding,
        line_buffering=stream.line_buffering,
        write_through=unbuffered,
    )


@contextmanager
def ends_of_the_streams() -> Iterator[None]:
    """What happens when standard output takes nothing more, or Ctrl-C is pressed: a reader who went away is well (0),
    a result that cannot be shown is a finding (2), and an interruption is told (130)."""
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _discard_the_rest_of(sys.stdout)
        raise SystemExit(0) from None
    except OutputError as problem:
        _discard_the_rest_of(sys.stdout)
        refuse([_not_shown(problem)], as_json=False)
    except KeyboardInterrupt:
        with suppress(OSError):
            sys.stdout.flush()
        from gguplan.language import _

        tell("\n".join([_("Interrupted."), *_files_that_are_there()]))
        raise SystemExit(INTERRUPTED) from None


def refuse(findings: Sequence[Finding], as_json: bool) -> NoReturn:
    """Tell findings on stderr, as JSON on stdout too where that was asked, and end with exit code 2."""
    from gguplan.findings import InputError, summary

    if as_json:
        try:
            print_answer("findings", {"findings": [finding.as_dict() for finding in findings]})
            sys.stdout.flush()
        except OSError:
            _discard_the_rest_of(sys.stdout)
    tell(f"{InputError(findings)}\n\n{summary(len(findings))}")
    raise SystemExit(2) from None


def tell(text: str) -> None:
    """Write to stderr what may be shown; on a screen the lines break between words."""
    text = visible(text)
    nothing_more()
    if sys.stderr.isatty():
        from shutil import get_terminal_size

        from gguplan.reports.terminal.wrapping import between_words

        text = between_words(text, get_terminal_size().columns)
    try:
        print(text, file=sys.stderr, flush=True)
    except OSError:
        _discard_the_rest_of(sys.stderr)  # The exit code still says it.


def _discard_the_rest_of(stream: TextIO) -> None:
    """What a stream still holds goes nowhere, or Python would stumble on it at the end."""
    with suppress(OSError, ValueError):  # A stream of a test has no number.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _not_shown(problem: OutputError) -> Finding:
    """What was lost, and what was not."""
    from gguplan.findings import Finding, Place
    from gguplan.language import _

    what = _("The result cannot be shown: {problem}.", problem=problem.strerror)
    remedy = _("Let it lead to a screen, a pipe, or a file on a disk with room.")
    return Finding(Place(_("standard output")), what, "\n".join([remedy, *_files_that_are_there()]))


def _files_that_are_there() -> list[str]:
    """The sentence on the files that the command had written; empty without."""
    from gguplan.atomic_files import placed_files
    from gguplan.language import _
    from gguplan.shipped import shown

    names = ", ".join(shown(file) for file in placed_files())
    return [_("These files are written, and whole: {names}.", names=names)] if names else []
