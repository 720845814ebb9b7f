"""Charts and maps: each a function from a result to a `Picture`, with the same look and its own words."""

from gguplan.findings import fail_without_docstrings
from gguplan.language import _

# The library of charts makes its functions from them.
fail_without_docstrings(_("Without docstrings no picture can be drawn."))
