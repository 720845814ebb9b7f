"""How long gguplan takes, each figure beside the least that the same could take; ``python -m benchmarks`` runs all."""
