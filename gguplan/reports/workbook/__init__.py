"""The workbook for the controller: every sum of a run in live formulas, each with its computed value."""
