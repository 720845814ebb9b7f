"""What a sweep varies: from the command line or from the scenario, with every mistake at once."""
