"""The nouns and the rules of the fund: frozen data, without files, texts or sums."""
