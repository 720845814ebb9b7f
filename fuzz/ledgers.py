"""Ledgers in thousands of layouts and notations: ``python -m fuzz.ledgers [COUNT] [FIRST]``.

Each is written by chance (`tests.written_ledgers`) and read back: its amounts to the cent, or a finding. Another amount
ends the run with the seed that made it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.written_ledgers import read_back, written_ledger


def main() -> None:
    """Read so many ledgers, and say how many were read and how many were asked about."""
    count, first = (int(argument) for argument in [*sys.argv[1:], *("20000", "0")[len(sys.argv) - 1 :]])
    read = 0
    with TemporaryDirectory() as folder:
        for seed in range(first, first + count):
            ledger = written_ledger(seed)
            amounts = read_back(ledger, Path(folder))
            if amounts is not None and amounts != ledger.amounts:
                wrong = [
                    (key, amounts.get(key), amount)
                    for key, amount in ledger.amounts.items()
                    if amounts.get(key) != amount
                ]
                print(f"seed {seed}: read otherwise: {wrong[:3]}, {set(amounts) - set(ledger.amounts)}")
                Path(f"fuzz/found/ledger-{seed}{ledger.suffix}").write_bytes(ledger.content)
                sys.exit(1)
            read += amounts is not None
    print(f"{count} ledgers: {read} read to the cent, {count - read} asked about, none read otherwise")


if __name__ == "__main__":
    main()
