# The first two commands of README.md are `make run` and `make test`.
# Another Python: make PYTHON=python3.12 run

PYTHON ?= python3
VENV := .venv/bin

.PHONY: run setup test test-real measure check clean

## Set up what is missing, then open the page.
run:
	@$(PYTHON) scripts/bootstrap.py
	@exec $(VENV)/coach

## Set up what is missing.
setup:
	@$(PYTHON) scripts/bootstrap.py
	@echo "Rebound is set up. Start it with: make run"

## All tests but those that run the default model.
test: dev
	@$(VENV)/python -m pytest -m "not real"

## The tests that run the default model.
test-real: dev
	@$(VENV)/python -m pytest -m real

## Long measurements on this machine; results go to docs/measurements.
measure: dev
	@$(VENV)/python scripts/measure.py

## Format, lint, types and import contracts.
check:
	@PYTHON=$(PYTHON) scripts/check

## Remove what set-up and tools made in this folder. Your data is not touched: see `coach uninstall-data`.
clean:
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: dev
dev:
	@$(PYTHON) scripts/bootstrap.py --dev
