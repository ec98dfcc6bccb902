# `make` alone lists the targets. Nothing but git, make and Python is needed beforehand.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# Installed for running, and for developing as well.
RUNTIME := $(VENV)/runtime.stamp
DEV := $(VENV)/dev.stamp

# How many tests run at once; what else pytest is to be told.
JOBS ?= 2
ARGS ?=

.DELETE_ON_ERROR:
.PHONY: help demo run test check format texts clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-8s %s\n", $$1, $$2 }' Makefile

demo: $(RUNTIME)  ## show everything on this machine: no account, no token, no network
	@$(BIN)/dekbot demo

run: $(RUNTIME)  ## run the bot with the token from .env
	@$(BIN)/dekbot run

test: $(DEV)  ## run all tests and report the coverage
	$(BIN)/python -m pytest -n $(JOBS) --cov --cov-branch --cov-report=term --cov-fail-under=90 $(ARGS)

check: $(DEV)  ## lint, types, floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV)  ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

texts: $(DEV)  ## bring the languages' files in step with the English texts; NEW=de begins one
	$(BIN)/python -m translating $(NEW)

clean:  ## remove whatever can be made again; data/ and .env stay
	rm -rf $(VENV) build dist .coverage .coverage.* coverage.xml htmlcov .hypothesis .*_cache
	find bot migrations tests translating -name __pycache__ -type d -exec rm -rf {} +

# pip is what comes last into a new environment: where it is, the environment is whole.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo 'Dekbot needs Python 3.11 or newer, and $(PYTHON) is older or missing.' >&2; \
	    echo 'Name another one: make PYTHON=python3.12 …' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { \
	    echo 'Python cannot make virtual environments; on Debian: apt install python3-venv' >&2; \
	    exit 1; }

$(RUNTIME): pyproject.toml constraints.txt | $(BIN)/pip
	@echo 'Installing what Dekbot needs …'
	@$(PIP) -e .
	@touch $@

$(DEV): pyproject.toml constraints.txt | $(BIN)/pip
	@echo 'Installing what Dekbot and its tests need …'
	@$(PIP) -e '.[dev]'
	@touch $(RUNTIME) $@
