# What a developer runs; each line is a command that can also be typed. PYTHON=python3.12 takes another one.
PYTHON ?= .venv/bin/python
FILE ?=

.DEFAULT_GOAL := help
.PHONY: help test lint types structure docs site

help:  ## what there is to run
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

test:  ## the whole suite, or one file: make test FILE=tests/test_money.py
	$(PYTHON) -m pytest $(if $(FILE),-n 0 $(FILE))

lint:  ## ruff: style, and the layout of the code
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .

types:  ## mypy, strict
	$(PYTHON) -m mypy

structure:  ## import-linter: which room may import from which
	$(PYTHON) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

docs:  ## the generated pages, and the outputs in every page: read the difference before it is committed
	$(PYTHON) -m tests.documentation

site:  ## the documentation as a site, in site/
	$(PYTHON) -m zensical build --strict
