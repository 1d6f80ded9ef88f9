# What there is to do: make run, test, check, bench, drills, reset, messages, lock.
# PORT= changes the demo's port, HAVRE_HOME= the folder of its data, PYTHON= the Python that is taken.

SHELL := /bin/sh
PYTHON ?= $(shell for one in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$one" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$one"; exit; }; done; echo python3)
PORT ?= 8000
HAVRE_HOME ?= .havre
export PORT HAVRE_HOME

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check
CATALOGUES := $(wildcard src/havre/locale/*/LC_MESSAGES/django.po)

.PHONY: run test check lint bench drills reset messages lock chromium
.DEFAULT_GOAL := run

run: .venv/havre-run $(CATALOGUES:.po=.mo)
	@exec $(BIN)/havre demo

test: .venv/havre-dev $(CATALOGUES:.po=.mo) chromium
	$(BIN)/pytest -n 2 --dist worksteal -m "not bench" $(PYTEST)

check: lint test

lint: .venv/havre-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/havre-dev $(CATALOGUES:.po=.mo)
	$(BIN)/python -m tests.bench $(BENCH)

# Kills processes a hundred times and more; make test does it a few times. See docs/reliability.md.
drills: .venv/havre-dev $(CATALOGUES:.po=.mo)
	DRILL_KILLS=$${DRILL_KILLS:-100} DRILL_WORKER_KILLS=$${DRILL_WORKER_KILLS:-200} \
		$(BIN)/pytest -q -s tests/drills $(PYTEST)

# Removes the demo's data. What else is in the folder stays.
reset: .venv/havre-run
	@$(BIN)/havre reset

# Collects the sentences of the code into the catalogues.
messages: .venv/havre-dev
	@mkdir -p .cache
	cd src && ../$(BIN)/pybabel extract --mapping ../babel.cfg --keywords "gettext_lazy gettext_noop ngettext_lazy:1,2 pgettext:1c,2 npgettext:1c,2,3" \
		--omit-header --no-location --sort-output --output ../.cache/django.pot .
	$(BIN)/pybabel update --domain django --input-file .cache/django.pot --output-dir src/havre/locale \
		--no-fuzzy-matching --no-wrap --ignore-obsolete --ignore-pot-creation-date

# Takes the newest releases and writes them down with their hashes. Needs uv.
lock:
	uv lock --upgrade
	uv export --frozen --no-emit-project --no-header --no-default-groups --group run --output-file requirements/run.txt
	uv export --frozen --no-emit-project --no-header --no-default-groups --group dev --output-file requirements/dev.txt

%.mo: %.po
	@test -x $(BIN)/pybabel || { echo "run make run first" >&2; exit 1; }
	@$(BIN)/pybabel --quiet compile --domain django --input-file $< --output-file $@

$(CATALOGUES:.po=.mo): | .venv/havre-run

.venv/havre-run: requirements/run.txt pyproject.toml .venv/bin/python
	@echo "Installing what Havre needs (a minute or two, once)"
	@$(PIP) install --require-hashes --requirement requirements/run.txt
	@$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

.venv/havre-dev: requirements/dev.txt .venv/havre-run
	@echo "Installing what the tests need (a minute or two, once)"
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

.venv/bin/python:
	@.ci/environment $(PYTHON)

# The browser tests are skipped, with the reason, where there is no Chromium.
chromium:
	@.ci/chromium
