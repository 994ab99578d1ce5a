# `make` alone lists the targets.
.DEFAULT_GOAL := help
.PHONY: help setup dev demo test lint fix bench lock
PY := .venv/bin/python
# Each worker and command that a test starts would compile Django again where the environment forbids bytecode.
unexport PYTHONDONTWRITEBYTECODE
TYPED = core ent/health.py ent/api.py $(wildcard */services */rules.py feeds/read)
SOURCES = $(shell git ls-files --cached --others --exclude-standard '*.html')

help: ## this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

setup: ## install what the site needs into .venv
	@python=$$(.ci/python) && "$$python" .ci/install.py requirements.lock

dev: ## install what development and tests need too
	@python=$$(.ci/python) && "$$python" .ci/install.py requirements-dev.lock

demo: setup ## the demo academy, running (PORT=8000)
	@exec $(PY) manage.py demo $(if $(PORT),--port $(PORT))

test: dev ## the whole suite (ARGS="-k name" for a part)
	@.ci/browser
	@$(PY) -m pytest -n 2 $(ARGS)

lint: dev ## look, change nothing
	$(PY) -m ruff format --check --quiet .
	$(PY) -m ruff check --quiet .
	.venv/bin/lint-imports --no-logo
	$(PY) -m mypy $(TYPED)
	$(if $(SOURCES),.venv/bin/djade --check $(SOURCES))
	$(PY) manage.py makemigrations --check --dry-run

fix: dev ## repair what can be
	$(PY) -m ruff check --fix --quiet . || true
	$(PY) -m ruff format --quiet .
	$(if $(SOURCES),.venv/bin/djade $(SOURCES) || true)

bench: setup ## imports measured against the floor (SIZES="10000 100000")
	@$(PY) -m bench $(SIZES)

lock: ## compile the lock files again (needs uv in .bootstrap)
	.bootstrap/bin/uv pip compile -q --generate-hashes --universal --python-version 3.12 --no-header --no-emit-index-url requirements.in -o requirements.lock
	.bootstrap/bin/uv pip compile -q --generate-hashes --universal --python-version 3.12 --no-header --no-emit-index-url requirements-dev.in -o requirements-dev.lock
