"""LibreOffice: where it is, and a process of it that ends with whoever started it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NoReturn

from gguplan.findings import Finding, InputError, Place
from gguplan.language import _

SECONDS: Final = 120
_IN_WINDOWS: Final = ("ProgramW6432", "ProgramFiles", "ProgramFiles(x86)")
_IN_MACOS: Final = "LibreOffice.app/Contents/MacOS/soffice"


def office(platform: str = sys.platform, variables: Mapping[str, str] = os.environ) -> str | None:
    """Where LibreOffice is: on the path, or else where its installer puts it on Windows and macOS, which put nothing on
    the path. None when it is not there."""
    on_the_path = shutil.which("soffice", path=variables.get("PATH")) or shutil.which(
        "libreoffice", path=variables.get("PATH")
    )
    return on_the_path or next((str(file) for file in _usual_places(platform, variables) if file.is_file()), None)


def _usual_places(platform: str, variables: Mapping[str, str]) -> list[Path]:
    if platform == "win32":
        folders = [Path(variables[name]) for name in _IN_WINDOWS if variables.get(name)]
        return [folder / "LibreOffice" / "program" / "soffice.exe" for folder in folders]
    if platform == "darwin":
        own = [Path(variables["HOME"]) / "Applications"] if variables.get("HOME") else []
        return [folder / _IN_MACOS for folder in (Path("/Applications"), *own)]
    return []


def check_office(place: Place) -> str:
    """Where LibreOffice is. Raises InputError when it is not there."""
    program = office()
    if program is None:
        raise InputError(
            [
                Finding(
                    place,
                    _("A PDF is made by LibreOffice, which is not installed here."),
                    _("Install LibreOffice, or write a Word document: let the name end in .docx."),
                )
            ]
        )
    return program


def convert(file: Path, profile: Path, output_filter: str, place: Place) -> None:
    """Let LibreOffice write the file in another form beside it, with a profile of its own.

    Raises InputError when LibreOffice is not there, or takes too long. It ends when this process is interrupted or
    asked to end.
    """
    command = [
        check_office(place),
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        output_filter,
        "--outdir",
        str(file.parent),
        str(file),
    ]
    with _asked_to_end_is_an_exit():
        _run(command, place)


def failed(place: Place) -> Finding:
    """That LibreOffice made nothing."""
    return Finding(
        place,
        _("LibreOffice made no PDF of it within {seconds} seconds.", seconds=SECONDS),
        _("Write a Word document (.docx) and save that as PDF in Word."),
    )


def _run(command: Sequence[str], place: Place) -> None:
    process = None
    try:
        with _signals_wait():
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                # Moments in the file are in one time zone, wherever it is made.
                env={**os.environ, "TZ": "UTC"},
                start_new_session=True,
            )
        process.wait(SECONDS)
    except subprocess.TimeoutExpired:
        raise InputError([failed(place)]) from None
    finally:
        if process is not None and process.poll() is None:
            _end_with_its_children(process.pid)
            process.wait()


@contextmanager
def _signals_wait() -> Iterator[None]:
    """Deal with a signal after the block: a process that is being started is known only then."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    waiting: list[int] = []
    before = {
        number: signal.signal(number, lambda came, _frame: waiting.append(came))
        for number in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for came in waiting:
            signal.raise_signal(came)


def _end_with_its_children(pid: int) -> None:
    """LibreOffice works in a process that it starts itself: all of them end."""
    if os.name == "posix":
        os.killpg(pid, signal.SIGKILL)
    else:
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(pid)], capture_output=True, check=False)


@contextmanager
def _asked_to_end_is_an_exit() -> Iterator[None]:
    """Make a request to end an exit like any other, so that what was started is cleaned up."""
    listens = threading.current_thread() is threading.main_thread()
    before = signal.getsignal(signal.SIGTERM) if listens else None
    if before is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _leave(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)
