"""What takes longer than a glance: draws, sweeps and files. Each is worked out by a process of its own, which tells how
far it is and can be ended, so that the page never waits for it."""
