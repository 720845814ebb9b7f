"""What the nouns and rules of the fund are called, in sentences and in tables, in both languages."""
