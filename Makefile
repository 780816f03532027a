# The README's two commands are `make demo` and `make test`; each does all its own set-up.
PYTHON ?= python3
RUN = .venv/bin/python
MANAGE = $(RUN) manage.py

.PHONY: demo demo-reset stop test lint types serve benchmark setup setup-dev lock

demo: setup
	@VCDB_ENV=demo $(MANAGE) demo

demo-reset: setup
	@VCDB_ENV=demo $(MANAGE) demo --fresh

stop: setup
	@$(MANAGE) stop

test: lint types
	$(RUN) -m pytest -q -n 2 --dist worksteal tests/unit tests/integration
	$(RUN) -m pytest -q -n 2 --dist loadfile tests/browser

lint: setup-dev
	.venv/bin/ruff check .
	.venv/bin/lint-imports

types: setup-dev
	VCDB_ENV=test .venv/bin/mypy

# Behind a TLS proxy; every setting comes from the environment.
serve: setup
	VCDB_ENV=production $(MANAGE) collectstatic --noinput --verbosity 0
	VCDB_ENV=production VCDB_DB_ROLE=web VCDB_DB_POOL=1 .venv/bin/gunicorn --config vcdb/gunicorn.py vcdb.wsgi

# As in: make benchmark WHAT=import CHILDREN=50000
WHAT ?= import
CHILDREN ?= 10000
benchmark: setup-dev
	$(MANAGE) benchmark $(WHAT) --children $(CHILDREN) --json

setup:
	@$(PYTHON) vcdb/bootstrap.py run

setup-dev:
	@$(PYTHON) vcdb/bootstrap.py dev

# Make the locks again after a change of pyproject.toml.
COMPILE = .venv/bin/uv pip compile --quiet --generate-hashes --no-header --no-emit-index-url --universal --python-version 3.11
lock: setup-dev
	$(COMPILE) pyproject.toml --output-file requirements.txt
	$(COMPILE) pyproject.toml --extra dev --constraint requirements.txt --output-file requirements-dev.txt
	$(COMPILE) pyproject.toml --extra linkage --constraint requirements-dev.txt --output-file requirements-linkage.txt
	$(COMPILE) --group node --output-file requirements-node.txt
