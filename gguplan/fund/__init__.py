"""The nouns of the fund and its rules: frozen, without files, texts or sums."""
