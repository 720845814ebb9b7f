"""Every command that writes, killed 200 times: ``python -m fuzz.kills`` in the root of the clone."""

from __future__ import annotations

import argparse
import random
import tempfile
from pathlib import Path

from tests.kills import COMMANDS, Kills, kill_once, undisturbed


def main() -> None:
    """Kill each command and print a table of what it left; ends at the first that is not as it should be."""
    options = argparse.ArgumentParser(description="Commands that write, killed at random moments.")
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--command", action="append", choices=list(COMMANDS))
    arguments = options.parse_args()
    print(f"{'command':<18}{'kills':>6}{'takes s':>9}{'nothing':>9}{'whole':>7}{'some':>6}{'blocks kept':>13}")
    for name in arguments.command or COMMANDS:
        with tempfile.TemporaryDirectory() as root:
            expected, kills = undisturbed(name, Path(root) / "undisturbed"), Kills()
            chance = random.Random(f"{arguments.seed} {name}")
            for _number in range(arguments.kills):
                kill_once(expected, Path(root) / "killed", chance, kills, interval=10)
        print(
            f"{name:<18}{kills.kills:>6}{expected.seconds:>9.1f}{kills.nothing:>9}{kills.whole:>7}{kills.some:>6}"
            f"{kills.resumed:>13}",
            flush=True,
        )


if __name__ == "__main__":
    main()
