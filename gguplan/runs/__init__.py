"""From a request to what it leaves: its result, its files, their record, and the verification of that."""
