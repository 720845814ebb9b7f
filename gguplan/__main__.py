"""The program: ``gguplan``, and ``python -m gguplan``."""

from __future__ import annotations

import os
import signal


def main() -> None:
    """Run the program.

    While it loads, Ctrl-C ends it as the system does, because nothing can be told yet; when its work is done it only
    cleans up, and is left to that.
    """
    while_it_runs = signal.getsignal(signal.SIGINT)
    listens = while_it_runs is signal.default_int_handler
    if listens:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    # Of the packages that are installed none changes how a file is checked, and none is searched for that.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # Nothing that comes out knows the time of day, and a zone that is none stops the library that writes amounts.
    os.environ["TZ"] = "UTC0"
    # Matrices are small here: threads for them cost a tenth of a second to begin, and where memory is limited they are
    # tried for ever.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from gguplan.commands.cycles import search_no_more, search_seldom

    search_seldom()
    from gguplan.commands.cli import main as program

    def listen() -> None:
        if listens:
            signal.signal(signal.SIGINT, while_it_runs)

    try:
        program(listen)
    finally:
        search_no_more()
        if listens:
            signal.signal(signal.SIGINT, signal.SIG_IGN)


if __name__ == "__main__":
    main()
