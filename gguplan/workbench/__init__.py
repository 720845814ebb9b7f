"""The workbench: a scenario changed in a browser, and what it does for whom, on this computer only."""
