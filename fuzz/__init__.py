"""Long runs of hostile input; see README.md."""
