# Needs Python 3.11 or newer and make, nothing else. `make help` lists what there is.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { command -v $$p; break; }; done)
PORT ?= 8000
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes
RUN_STAMP := .venv/.run-installed
STAMP := .venv/.installed
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.DEFAULT_GOAL := help
FROM ?=
TO ?=
.PHONY: help install run test check check-types check-rest format messages lock drill bench backup restore

help: ## List the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

install: $(STAMP) ## Build .venv with every library at its locked version

# What runs the product comes first and is enough for `make run`; tests and tools follow when they are wanted.
$(RUN_STAMP): requirements-run.txt
	@test -n "$(PYTHON)" || { echo "error: Python 3.11 or newer was not found. Install it, or name it: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { echo "error: this Python cannot make virtual environments. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Installing the locked libraries into .venv (once, about half a minute) …"
	@"$(PYTHON)" -m venv .venv
	@$(PIP) --requirement requirements-run.txt
	@touch $@

$(STAMP): requirements.txt $(RUN_STAMP)
	@echo "Installing the locked test libraries and tools into .venv (once, about a minute) …"
	@$(PIP) --requirement requirements.txt
	@touch $@

run: $(RUN_STAMP) ## Start web, worker and beat on this machine, with demo data
	@PINOLE_EMBEDDED=1 PORT=$(PORT) exec $(BIN)/python manage.py run_local

test: $(STAMP) ## Run every test, on SQLite and again on PostgreSQL and Redis
	@$(BIN)/python -m tests.run_suite $(ARGS)

check: $(STAMP) ## Check style, types, layers, templates and architecture
	@$(MAKE) --no-print-directory --jobs=2 check-types check-rest

# On a core of its own: it takes as long as all the others together.
check-types:
	$(BIN)/mypy

check-rest:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml manage.py pinole_service requests_app
	$(BIN)/deptry .
	PINOLE_EMBEDDED=1 $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/pytest --quiet tests/architecture

format: $(STAMP) ## Put the code into its one form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

messages: $(STAMP) ## Collect and compile translations (needs gettext)
	$(BIN)/python manage.py makemessages --locale es --ignore .venv --ignore var --no-location
	$(BIN)/python manage.py compilemessages --locale es --ignore .venv

bench: $(STAMP) ## Fill a PostgreSQL database with N requests and time pages beside a bare one: make bench N=6000
	@$(BIN)/python -m tests.bench $(or $(N),6000)

drill: $(STAMP) ## Run one long drill at full size: make drill ID=A1
	@test -n "$(ID)" || { echo "error: name the drill: make drill ID=A1" >&2; exit 1; }
	$(BIN)/pytest -m drill -k "$(ID)" --drill-size=full -p no:randomly -s

backup: $(RUN_STAMP) ## Back up database, attachments and audit head while everybody works: make backup TO=folder
	@$(BIN)/python manage.py backup $(if $(TO),--to "$(TO)")

restore: $(RUN_STAMP) ## Restore into the empty database of the settings: make restore FROM=file
	@test -n "$(FROM)" || { echo "error: name the backup: make restore FROM=var/backups/pinole-….tar" >&2; exit 1; }
	@$(BIN)/python manage.py restore "$(FROM)"

lock: ## Pin every library with its hashes (needs uv)
	$(LOCK) requirements.in --output-file requirements.txt
	$(LOCK) requirements-run.in --output-file requirements-run.txt
