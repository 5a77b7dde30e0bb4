# Bare `make` explains itself. Every target makes the environment it needs and does nothing when nothing changed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python
DATA ?= corpora/chips
FUZZ ?= 20000
# What an installation is made from, beside the locks: a change to any of these installs again.
PACKAGE := pyproject.toml setup.py $(wildcard src/bitext/text/native/*)

.DEFAULT_GOAL := help
.PHONY: help demo test lint check fix bench fuzz measure docs lock clean

help: ## list what make can do
	@echo "bitext: compare how Chinese and English news outlets cover a story"
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "The environment is $(VENV); 'make PYTHON=python3.12 test' makes it with another Python (3.11 or later)."

demo: $(VENV)/.run ## compare the outlets of corpora/chips: tables here, CSV files and the page in out/
	$(BIN)/bitext compare $(DATA) --by outlet -o out

test: $(VENV)/.dev ## run the tests
	$(RUN) -m pytest -q

lint: $(VENV)/.dev ## format, lint and types only
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/check-jsonschema -q --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/zizmor -q --offline --config .github/zizmor.yml .github/workflows

check: lint test ## format, lint, types, tests, docstrings, README and docs examples

fix: $(VENV)/.dev ## format and mend what can be mended by itself
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.dev ## measure speed and memory beside the peers, in one run
	$(RUN) -m bench

fuzz: $(VENV)/.dev ## feed hostile files of all formats for a while (FUZZ=20000 files); CI does so for two minutes
	BITEXT_FUZZ=$(FUZZ) $(RUN) -m pytest -q tests/reading/test_fuzz.py

measure: $(VENV)/.dev ## measure every quality figure on the half that was not built on; fails where one fell
	$(RUN) -m measure

docs: $(VENV)/.docs ## build the documentation site into docs/_build
	$(BIN)/sphinx-build -W --keep-going -q docs docs/_build
	@echo "docs/_build/index.html"

lock: ## renew the locked versions (needs uv)
	uv lock
	uv export --quiet --no-emit-project --no-default-groups --format requirements-txt -o locks/run.txt
	uv export --quiet --no-emit-project --no-default-groups --all-extras --group dev --format requirements-txt -o locks/dev.txt
	uv export --quiet --no-emit-project --no-default-groups --all-extras --group docs --format requirements-txt -o locks/docs.txt

clean: ## remove everything that make has made
	rm -rf $(VENV) build src/bitext.egg-info src/bitext/text/_native.*so src/bitext/text/_native.pyd out docs/_build
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis

# Environments. A stamp file is newer than the lock it was installed from, or the install runs again.
$(VENV)/.made:
	@sh scripts/make-venv.sh "$(PYTHON)" "$(VENV)"
	@touch $@

$(VENV)/.run: $(VENV)/.made locks/run.txt $(PACKAGE)
	@sh scripts/install.sh "$(VENV)" locks/run.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.made locks/dev.txt $(PACKAGE)
	@sh scripts/install.sh "$(VENV)" locks/dev.txt
	@touch $@ $(VENV)/.run

$(VENV)/.docs: $(VENV)/.made locks/docs.txt $(PACKAGE)
	@sh scripts/install.sh "$(VENV)" locks/docs.txt
	@touch $@
