# Lateen. Type `make` or `make help` to see what there is.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
STAND_PORT ?= 8443
PY := .venv/bin/python
# The server of a run goes with its databases, so they are left there: at the end somebody, such as autovacuum, may still be in one.
ON_POSTGRES := $(PY) tests/services.py .venv/bin/pytest -n 2 --reuse-db
ON_SQLITE := (database and not browser and not once or journey)

help: ## Say what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: .venv/run.stamp ## Start the product with demo data on http://localhost:8000 (PORT=8080 for another port)
	@$(PY) -m marketplace.run --port $(PORT)

test: .venv/dev.stamp test-packages locale/ar/LC_MESSAGES/django.mo ## Run all tests: on PostgreSQL and Redis with a browser, then on SQLite
	$(ON_POSTGRES) -m "not large"
	.venv/bin/pytest -n 2 -m "$(ON_SQLITE) and not large"

test-full: .venv/dev.stamp test-packages locale/ar/LC_MESSAGES/django.mo ## Run the tests with the large grids (every page, width, theme and direction)
	$(ON_POSTGRES)
	.venv/bin/pytest -n 2 -m "$(ON_SQLITE)"

check: .venv/dev.stamp ## Lint, import contracts, types, templates, migrations, deployment settings
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports
	.venv/bin/mypy .
	.venv/bin/djlint templates --lint --quiet
	$(PY) manage.py makemigrations --check --dry-run
	bin/check-deploy

format: .venv/dev.stamp ## Put the code into the house's format
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

messages: .venv/dev.stamp ## Collect the strings to translate into locale/
	$(PY) manage.py makemessages --all --no-wrap --add-location=file --ignore=.venv --ignore=var --ignore=tests

requirements: .venv/dev.stamp ## Compile requirements*.in into pinned files with hashes
	.venv/bin/uv pip compile --python-version 3.11 --generate-hashes --no-header -q requirements.in -o requirements.txt
	.venv/bin/uv pip compile --python-version 3.11 --generate-hashes --no-header -q requirements-dev.in -o requirements-dev.txt

stand: .venv/dev.stamp stand-packages locale/ar/LC_MESSAGES/django.mo ## Start a production-like stack on https://localhost:8443 (STAND_PORT=9443 for another port)
	@$(PY) -m stand start --port $(STAND_PORT)

stand-stop: .venv/dev.stamp ## End the production-like stack
	@$(PY) -m stand stop

chaos-smoke: .venv/dev.stamp ## On a running stand: kill, hang and restart its parts under load; nothing may be lost or doubled
	@$(PY) -m stand.chaos

bench-media: .venv/dev.stamp ## Measure the making of picture sizes against bare Pillow: CPU, sets a minute, memory
	@$(PY) -m bench.media

bench-search: .venv/dev.stamp stand-packages locale/ar/LC_MESSAGES/django.mo ## Measure our search and its pages beside PostgreSQL's full text, with 100,000 and 1,000,000 invented listings
	@$(PY) -m bench.search

bench-matching: .venv/dev.stamp test-packages ## Match a sourcing request, with reasons, against 5,000 and 50,000 invented exporters
	@$(PY) -m bench.matching

bench-shipping: .venv/dev.stamp stand-packages locale/ar/LC_MESSAGES/django.mo ## Measure freight on a stand of its own: rate cards, carriers of which one hangs, the cache, a large card
	@$(PY) -m bench.shipping

doctor: .venv/run.stamp ## Say in plain words what is wrong with this installation
	$(PY) manage.py doctor

clean: ## Remove the virtual environment, caches and all local data
	rm -rf .venv var run staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

run-packages:
	@bin/need-packages python3-venv:venv gettext:msgfmt libpango-1.0-0:libpango-1.0 libpangoft2-1.0-0:libpangoft2-1.0 \
	  libharfbuzz-subset0:libharfbuzz-subset fonts-noto-core:noto fonts-droid-fallback:droid

test-packages:
	@bin/need-packages postgresql:initdb redis-server:redis-server chromium:chromium tesseract-ocr:tesseract

stand-packages:
	@bin/need-packages postgresql:initdb redis-server:redis-server nginx:nginx openssl:openssl

.venv/bin/python: | run-packages
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Lateen needs Python 3.11 or later; PYTHON=/path/to/python3 names another.")'
	$(PYTHON) -m venv .venv

%.mo: %.po | run-packages
	msgfmt --check -o $@ $<

.venv/run.stamp: requirements.txt | .venv/bin/python run-packages
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp | .venv/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

.PHONY: help run test test-full check format messages requirements doctor clean run-packages test-packages \
  stand stand-stop stand-packages chaos-smoke bench-media bench-search bench-matching bench-shipping
