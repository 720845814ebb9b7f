"""Charts and maps: each a function from a result to a `Picture`, with the same look and its own words."""

from gguplan.reports.charts.renderer import fail_without_docstrings

fail_without_docstrings()
