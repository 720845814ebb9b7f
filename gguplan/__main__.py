"""``python -m gguplan`` is ``gguplan``."""

from gguplan.commands.cli import main

main()
