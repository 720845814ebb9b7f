"""The house: a rule of the fund that is added is named by mypy wherever something must follow."""
