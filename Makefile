# `make` alone lists the targets. Nothing but git, make and Python is needed beforehand.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# Installed for running, and for developing as well.
RUNTIME := $(VENV)/runtime.stamp
DEV := $(VENV)/dev.stamp

# How many tests run at once; how many times the usual number of examples each property is tried
# on; what else pytest is to be told.
JOBS ?= 2
EXAMPLES ?= 1
ARGS ?=
PYTEST = EXAMPLES=$(EXAMPLES) $(BIN)/python -m pytest -n $(JOBS) --dist worksteal
# What was compiled once is loaded by every process that a test starts, whatever is usual here.
export PYTHONDONTWRITEBYTECODE :=

# What `make chaos` does: everything comes from the seed, which is any where none is given.
SEED ?=
KILLS ?= 200
STOPS ?= 50
READERS ?= 2000

# What is fuzzed, and for how long each.
TARGETS ?= feed page posts grammar
SECONDS ?= 30

.DELETE_ON_ERROR:
.PHONY: help demo run test coverage bench chaos check fuzz audit format texts clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-9s %s\n", $$1, $$2 }' Makefile

demo: $(RUNTIME)  ## show everything on this machine: no account, no token, no network
	@$(BIN)/dekbot demo

run: $(RUNTIME)  ## run the bot with the token from .env
	@$(BIN)/dekbot run

test: $(DEV)  ## run all tests
	$(PYTEST) $(ARGS)

# Measuring makes the same tests take two thirds longer.
coverage: $(DEV)  ## run all tests, and report which branches they take; under 90 % fails
	$(PYTEST) --cov --cov-branch --cov-report=term --cov-fail-under=90 $(ARGS)

# RUN=fanout measures one; AGAINST= compares with the JSON of an earlier run.
RUN ?=
JSON ?= benchmarks/latest.json
AGAINST ?=

bench: $(DEV)  ## measure how fast everything is: RUN=search AGAINST=before.json
	@$(BIN)/python -m benchmarks $(RUN) --json $(JSON) $(if $(AGAINST),--against $(AGAINST)) $(ARGS)

chaos: $(DEV)  ## kill the bot again and again, and count what is lost: SEED=7 KILLS=200 STOPS=50
	@$(BIN)/python -m chaos $(if $(SEED),--seed $(SEED)) --kills $(KILLS) --stops $(STOPS) \
	    --readers $(READERS) $(ARGS)

check: $(DEV)  ## lint, types, floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fuzz: $(DEV)  ## look for inputs that break a reader or the search (SECONDS=30 for each)
	@for target in $(TARGETS); do \
	    echo "Fuzzing $$target for $(SECONDS) s …"; \
	    $(BIN)/python -m fuzz $$target $(SECONDS) >fuzz/$$target.log 2>&1 || { \
	        tail -40 fuzz/$$target.log >&2; exit 1; }; \
	    grep -E '^stat::number_of_executed_units' fuzz/$$target.log; \
	done

# A package that the registry tells nothing of counts as a fault: it was not looked at.
audit: $(VENV)/audit.stamp  ## ask PyPI for known vulnerabilities of what is installed (network)
	@$(VENV)/audit/bin/pip-audit --strict --no-deps --disable-pip --requirement constraints.txt || { \
	    echo 'Either a package has a known vulnerability, or the registry that is set up here' >&2; \
	    echo 'tells of none: then this check cannot run here. The lines above say which.' >&2; \
	    exit 1; }

$(VENV)/audit.stamp: | $(BIN)/pip
	@$(PYTHON) -m venv $(VENV)/audit
	@$(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	@touch $@

format: $(DEV)  ## put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

texts: $(DEV)  ## bring the languages' files in step with the English texts; NEW=de begins one
	$(BIN)/python -m translating $(NEW)

clean:  ## remove whatever can be made again; data/ and .env stay
	rm -rf $(VENV) build dist .coverage .coverage.* coverage.xml htmlcov .hypothesis .*_cache
	rm -rf fuzz/found fuzz/*.log
	find bot chaos fuzz migrations tests translating -name __pycache__ -type d -exec rm -rf {} +

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
