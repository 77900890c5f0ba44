# The jobs of a checkout; `make help` lists them. Python 3.11 or newer, git, make and bash are all they need.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

HOST ?= 127.0.0.1
PORT ?= 8501
PYTHON ?= python3
VENV ?= .venv
BENCH_VENV ?= .venv-bench
ARGS ?=
# How many tests run at once; one of them may have a browser: two browsers at once take as long on two cores.
JOBS ?= 2

py := $(VENV)/bin/python
run_ready := $(VENV)/.ready-run
test_ready := $(VENV)/.ready-test
bench_ready := $(BENCH_VENV)/.ready
pytest = $(py) -m pytest -n $(JOBS) --no-loadscope-reorder
pip = -m pip install --disable-pip-version-check --progress-bar off
say = printf '%s\n'
# One line that counts while pip works, instead of pip's hundreds; its complaints are kept for when it fails.
count = awk -v tty="$$([ -t 1 ] && echo 1 || true)" '/^(Collecting|Requirement already)/ { n++; if (tty) printf "\r  %d packages found", n } \
	/^Installing collected/ { printf "\r  %d packages to unpack", split($$0, names, ",") } { fflush() } END { print "" }'

.PHONY: help demo demo-reset run test test-rest test-all lint lint-style lint-format lint-types lint-imports lint-messages
.PHONY: hooks lint-bpmn format bench soak seeded mutants coverage browser clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1 \t\2/' | expand -t 22
	@$(say) '' '  PORT=8502 and HOST=0.0.0.0 say where demo and run listen (127.0.0.1:8501 unless set).' \
	'  DATABASE_URL and DOCUMENTS_DIR say where run keeps its work (data/ unless set).'

demo: $(run_ready) ## the app on a demonstration database with its cast (FRESH=1 makes it anew)
	@$(py) -m core start --demo $(if $(FRESH),--fresh) --host $(HOST) --port $(PORT)

demo-reset: ## forget the demonstration database
	@rm -rf data/demo data/demo.filling
	@$(say) 'The demonstration is gone; `make demo` makes it anew.'

run: $(run_ready) ## the app on the real database (DATABASE_URL, or data/approvals.db)
	@$(py) -m core start --host $(HOST) --port $(PORT)

test: $(test_ready) browser ## what a change needs: every rule, ten stories in a real browser (ARGS='-k inbox')
	@$(pytest) -m 'not rest' $(ARGS)

test-rest: $(test_ready) browser ## the rest: all on PostgreSQL too, the long lives, every browser story, the pictures
	@$(pytest) -m rest $(ARGS)

test-all: $(test_ready) browser ## every test
	@$(pytest) $(ARGS)

# One target for each check: `make lint` runs all of them, .pre-commit-config.yaml each at a commit.
lint: lint-style lint-format lint-types lint-imports lint-messages ## style, format, types, import contracts, message keys

lint-style: $(test_ready)
	@$(py) -m ruff check .

lint-format: $(test_ready)
	@$(py) -m ruff format --check .

lint-types: $(test_ready)
	@$(py) -m mypy

lint-imports: $(test_ready)
	@$(VENV)/bin/lint-imports --no-logo

lint-messages: $(test_ready)
	@$(py) -m pytest -q -n 0 tests/unit/words/test_messages.py -k 'message or refusal'

hooks: $(test_ready) ## run the checks of make lint at each commit, by pre-commit
	@$(VENV)/bin/pre-commit install

lint-bpmn: $(run_ready) ## what bpmnlint says of the process's BPMN file (needs node; fetches bpmnlint with npx)
	@command -v npx >/dev/null || { $(say) 'There is no npx here. Install Node.js 18 or newer; `make test` checks the file without it.' >&2; exit 1; }
	@mkdir -p .artifacts/bpmn
	@$(py) -m core bpmn > .artifacts/bpmn/process.bpmn
	@$(say) '{"extends": "bpmnlint:recommended"}' > .artifacts/bpmn/.bpmnlintrc
	@cd .artifacts/bpmn && npx --yes bpmnlint@11 process.bpmn

format: $(test_ready) ## put the code into its format
	@$(py) -m ruff format .

bench: $(bench_ready) ## measure decisions per second and the inbox and the figures; ends with one line of JSON
	@$(BENCH_VENV)/bin/python -m bench $(ARGS)

soak: $(test_ready) ## eight times as many random lives of cases as make test has
	@SOAK=1 $(py) -m pytest tests/properties/test_stateful.py $(ARGS)

seeded: $(test_ready) ## remove each guard and refusal in turn and see a test fail (ARGS=--lives: the random lives too)
	@$(py) -m tests.properties.seeded_bugs $(ARGS)

mutants: $(test_ready) ## change a hundred random places of the rules in turn and see a test fail (ARGS='--seed 2 --count 50')
	@$(py) -m tests.properties.mutants $(ARGS)

coverage: $(test_ready) ## which lines and branches of the product no test runs, of `make test` without the browser
	@$(pytest) -m 'not rest and not browser' --cov --cov-report=term-missing:skip-covered --cov-report=html:.artifacts/coverage $(ARGS)

clean: ## remove caches and what tests left; keeps environments, databases and documents
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .artifacts
	@find . -name __pycache__ -not -path './.venv*' -prune -exec rm -rf {} +

# --- environments: made once, and again when their requirements change ---
define environment
@command -v '$(PYTHON)' >/dev/null || { $(say) 'There is no $(PYTHON) here. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.11 …' >&2; exit 1; }
@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { $(say) "$$('$(PYTHON)' --version) is too old. Install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3.11 …" >&2; exit 1; }
@'$(PYTHON)' -c 'import ensurepip, venv' 2>/dev/null || { $(say) '$(PYTHON) has no venv module. On Debian or Ubuntu: apt-get install python3-venv' >&2; exit 1; }
@$(say) 'Creating the environment in $(1)'
@'$(PYTHON)' -m venv '$(1)' || { rm -rf '$(1)'; $(say) 'The environment could not be created in $(1): see above, and check the free space.' >&2; exit 1; }
endef
define install
@$(say) 'Installing what $(2) names; this takes a minute or two the first time'
@'$(1)/bin/python' $(pip) -r $(2) 2>'$(1)/pip.log' | $(count) || { cat '$(1)/pip.log' >&2; $(say) 'The packages could not be installed: see above. Is a package index reachable from here?' >&2; exit 1; }
endef

$(VENV)/bin/python:
	$(call environment,$(VENV))

$(BENCH_VENV)/bin/python:
	$(call environment,$(BENCH_VENV))

$(run_ready): requirements.txt | $(VENV)/bin/python
	$(call install,$(VENV),requirements.txt)
	@touch $@

$(test_ready): requirements-dev.txt requirements.txt | $(VENV)/bin/python
	$(call install,$(VENV),requirements-dev.txt)
	@touch $(run_ready) $@

$(bench_ready): requirements-bench.txt requirements.txt | $(BENCH_VENV)/bin/python
	$(call install,$(BENCH_VENV),requirements-bench.txt)
	@touch $@

# The browser of the tests: the system's, or else Debian's package, or else the one that Playwright brings.
browser: $(test_ready)
	@command -v chromium-headless-shell chromium >/dev/null && exit 0; \
	$(py) -c 'from playwright.sync_api import sync_playwright as p; from pathlib import Path; \
	w = p().start(); there = Path(w.chromium.executable_path).exists(); w.stop(); raise SystemExit(not there)' && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  $(say) 'Installing Debian'\''s chromium-headless-shell for the tests'; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  { apt-get update -qq && apt-get install -y -qq chromium-headless-shell >/dev/null; } && exit 0; \
	fi; \
	$(say) 'Fetching Playwright'\''s chromium for the tests'; \
	$(py) -m playwright install chromium && exit 0; \
	$(say) 'There is no browser for the tests, and none could be fetched.' \
	'Install chromium (Debian: apt-get install chromium-headless-shell) and try again, or leave these tests out: make test ARGS="-m '\''not rest and not browser'\''"' >&2; exit 1
