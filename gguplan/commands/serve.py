"""``gguplan serve``: the workbench, a scenario changed in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from gguplan.commands.options import Json, Lang, Settings, command
from gguplan.commands.streams import tell


@command
def serve(
    scenario: Annotated[
        list[str] | None, typer.Argument(help="Shipped scenarios by name, or files; the first is the baseline.")
    ] = None,
    settings: Settings = None,
    port: Annotated[
        int | None, typer.Option(min=1, max=65_535, help="The port on this computer; else 8719, or a free one.")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Where the page may save scenarios; else they are downloaded.")
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in the browser.")] = True,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Change the fund in a browser, and see at once who pays what. Only this computer can open it; Ctrl-C ends it."""
    import sys
    import webbrowser

    from gguplan.commands.answers import print_answer
    from gguplan.commands.cycles import search_as_usual
    from gguplan.inputs.scenario.read_once import read_each_time
    from gguplan.language import _, current_language
    from gguplan.workbench.bases import Bases, add_scenarios_of
    from gguplan.workbench.bench import Bench
    from gguplan.workbench.command_line import command_lines
    from gguplan.workbench.server import PageServer, bound_socket
    from gguplan.workbench.state import MOST_VARIANTS, State, Variant
    from gguplan.workbench.workbench import Workbench

    named = scenario or ["uitnamen-2017"]
    bench = Bench(Bases(named))
    names = bench.bases.names[: len(dict.fromkeys(named))][:MOST_VARIANTS]
    for name in names:
        bench.bases.read(name)
    bench.bases.changed(names[-1], settings or ())
    variants = tuple(Variant(name, tuple(settings or ()) if name == names[-1] else ()) for name in names)
    start = State(variants, shown=len(variants) - 1, language=current_language())
    if folder is not None:
        add_scenarios_of(folder, bench.bases)
    sock = bound_socket(port)
    workbench = Workbench(bench, start, sock.getsockname()[1], current_language(), folder)

    def ready() -> None:
        if as_json:
            print_answer("serve", {"address": workbench.first_address, "port": workbench.port})
        else:
            print(_("The workbench is open at {address}", address=workbench.first_address))
            print(_("It lets in who opens this address on this computer. Ctrl-C ends it."))
        sys.stdout.flush()
        if browser:
            webbrowser.open(workbench.first_address)

    search_as_usual()
    with read_each_time():
        PageServer(workbench, ready).serve_until_stopped(sock)
    unsaved = [line for state in workbench.unsaved.states() for line in command_lines(state, bench)]
    if unsaved:
        tell("\n".join([_("Not saved; these go on with it:"), *unsaved]))
