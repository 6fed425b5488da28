# What one does with benyuan, from a fresh checkout on. `make help` lists it.

PYTHON  ?= python3
UV      ?= uv
WORKERS ?= 2
ARGS    ?=

VENV := .venv
BIN  := $(VENV)/bin

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

.PHONY: help setup demo demo-lender demo-bureau demo-protection demo-group verify test lint types contract fmt docs bench soak lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-15s %s\n", $$1, $$2}' Makefile

setup: $(VENV)/.warm ## the environment in .venv, from locked versions, and the kernel compiled

# Everything comes from the lock, as wheels whose hashes are checked; no compiler is needed. The build backend is in
# the lock too, so benyuan itself is installed without fetching anything more.
$(VENV)/.installed: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))' 2>/dev/null || { \
	  echo "benyuan needs Python 3.11 to 3.14; '$(PYTHON)' is $$(command -v $(firstword $(PYTHON)) >/dev/null && $(PYTHON) --version 2>&1 || echo not there)." >&2; \
	  echo "Name another: make setup PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --only-binary=:all: --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Compiled once, so that neither the demo nor the tests wait for it.
$(VENV)/.warm: $(VENV)/.installed $(wildcard src/benyuan/ledger/*.py src/benyuan/ledger/*/*.py)
	$(BIN)/python -m benyuan.ledger.warm
	@touch $@

demo: setup ## a group at work: people, merchants, payments, limits that hold
	$(BIN)/benyuan demo $(ARGS)

demo-lender: setup ## a lender beside it: pay-later and cash loans on the same clients, every day closed
	$(BIN)/benyuan demo-lender $(ARGS)

demo-bureau: setup ## a credit bureau beside the lender: furnished, asked, put right, and five years later emptied of what is over
	$(BIN)/benyuan demo-bureau $(ARGS)

demo-protection: setup ## consumer protection on thirty people: sales, loans, calls and messages refused, complaints, own data
	$(BIN)/benyuan demo-protection $(ARGS)

demo-group: setup ## the group above the companies: who owns whom, what it may do, what is refused inside it
	$(BIN)/benyuan demo-group $(ARGS)

verify: setup ## the demo's books rebuilt from its log and compared
	$(BIN)/benyuan verify $(ARGS)

test: setup lint types contract ## everything that must hold before a commit
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

lint: setup ## ruff: rules and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup ## mypy, strict, over source and tests
	$(BIN)/mypy

contract: setup ## the layers, by import-linter
	$(BIN)/lint-imports --no-logo

fmt: setup ## let ruff format and mend what it can
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format .

docs: setup ## the reference pages, written from the code
	$(BIN)/python -m benyuan.cli.reference

bench: setup ## timings beside their physical limits
	$(BIN)/benyuan bench $(ARGS)

soak: setup ## the long runs
	$(BIN)/python -m pytest -m soak --hypothesis-profile=soak -n $(WORKERS) --dist worksteal $(ARGS)

# One set of versions for every Python that we support. Packages are held where they are unless asked: ARGS=--upgrade
LOCK = $(UV) pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
       --no-build --custom-compile-command 'make lock' pyproject.toml $(ARGS)

lock: ## requirements/*.txt from pyproject.toml (needs uv)
	$(LOCK) -o requirements/runtime.txt
	$(LOCK) --group dev -o requirements/dev.txt

clean: ## back to a fresh checkout, but for databases
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
