# Everything a newcomer needs: `make demo` and `make test`. Each sets up what it uses, once.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help install chromium demo test trials bench check format messages controls lock clean

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# Two to four workers: each brings a database of its own, so more cost more than they give.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); echo $$(( n < 2 ? 2 : n > 4 ? 4 : n )))
# Passed on to pytest: make test ARGS="tests/domain -x"
ARGS ?=

# The first Python of 3.11 or later, or nothing.
PYTHON ?= $(shell for candidate in python3.11 python3 python3.12 python3.13; do \
	if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
	then echo $$candidate; break; fi; done)

help: ## show this
	@awk '/^[a-z]+:.*## /{name = text = $$0; sub(/:.*/, "", name); sub(/.*## /, "", text); \
		printf "  make %-11s %s\n", name, text}' $(MAKEFILE_LIST)
	@echo
	@echo '  make test DATABASE_URL=postgresql://owner:secret@host/name   on a server of yours (15 or later)'
	@echo '  make demo ARGS="--tables 8 --port 8001"                       tablebank demo --help names them all'

install: $(READY) ## set up .venv with everything pinned (the other targets do it themselves)

$(READY): requirements/dev.txt pyproject.toml
	@if [ -z '$(PYTHON)' ]; then \
		echo 'Tablebank needs Python 3.11 or later and found none on the PATH.'; \
		echo 'On Debian or Ubuntu: apt-get install python3 python3-venv'; \
		echo 'Elsewhere name it:   make install PYTHON=/path/to/python3.11'; \
		exit 1; fi
	@$(PYTHON) -c 'import sys; v = sys.version_info; \
		sys.exit(v < (3, 11) and "Tablebank needs Python 3.11 or later; $(PYTHON) is %d.%d." % v[:2])'
	@if ! $(BIN)/python -c '' 2>/dev/null; then \
		echo 'Making $(VENV) with $(PYTHON)'; \
		$(PYTHON) -m venv --clear $(VENV) >/dev/null 2>&1 \
			|| $(PYTHON) -m venv --clear --without-pip $(VENV); fi
	@if $(BIN)/python -m pip --version >/dev/null 2>&1; \
	then pip='$(BIN)/python -m pip'; \
	else pip='$(PYTHON) -m pip --python $(BIN)/python'; fi; \
	export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore; \
	echo 'Installing the pinned packages'; \
	$$pip install --require-hashes --progress-bar off -r requirements/dev.txt \
		| grep -v -e 'already satisfied' -e '^ *Using cached' || [ $${PIPESTATUS[0]} -eq 0 ]; \
	$$pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

chromium: ## find a Chromium for the browser trials, or install Debian's (make test does it itself)
	@.ci/chromium

demo: $(READY) ## start a casino at work and watch it in the browser
	@$(BIN)/tablebank demo $(ARGS)

test: $(READY) chromium ## run the tests, on the embedded PostgreSQL or on DATABASE_URL
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --durations 5 $(ARGS)

trials: $(READY) ## run the long form of the trials: whole days, hundreds of races, many power cuts
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --durations 5 -m trial $(ARGS)

bench: $(READY) ## measure the bars of the qualities; writes bench/results/
	@$(BIN)/python -m bench $(ARGS)

screenshots: $(READY) chromium ## remake the pictures of the guide, docs/guide/images
	@$(BIN)/python -m pytest tests/browser/screenshots.py -q $(ARGS)

check: $(READY) ## format, lint, types, import staircase, migrations
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	TABLEBANK_HOME=$${TMPDIR:-/tmp}/tablebank-tests-$$(id -un) \
		$(BIN)/python -W error::RuntimeWarning -m django makemigrations --check --dry-run \
		--settings tablebank.config.settings

format: $(READY) ## put layout and import order right
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: $(READY) ## gather what the pages say into the Spanish catalogue, and compile it
	@DJANGO_SETTINGS_MODULE=tablebank.config.settings $(BIN)/python -m tests.house.messages

controls: $(READY) ## write docs/controls.md anew, from the catalogue and the marks on the tests
	@$(BIN)/python -m tests.house.controls

# Compile away from any private index: a partial mirror would leave out other machines' hashes.
COMPILE = CUSTOM_COMPILE_COMMAND='make lock' .venv-lock/bin/pip-compile --quiet --generate-hashes \
	--allow-unsafe --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

lock: ## pin requirements/*.txt anew from pyproject.toml (ARGS=--upgrade for newer ones)
	@test -x .venv-lock/bin/pip-compile || { $(PYTHON) -m venv .venv-lock; \
		.venv-lock/bin/pip install --quiet pip-tools; }
	$(COMPILE) $(ARGS) --output-file requirements/base.txt pyproject.toml
	$(COMPILE) $(ARGS) --extra dev --constraint requirements/base.txt \
		--output-file requirements/dev.txt pyproject.toml

clean: ## remove the virtual environment and all caches (no data)
	rm -rf $(VENV) .venv-lock .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
