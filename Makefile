# Every command of the project; `make` alone lists them.
# Needs make and Python 3.11 or newer with venv. All else is installed into .venv and node_modules.

.SILENT:
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help run test test-all fuzz check lint types bench bench-large screenshots lock clean always
MAKEFLAGS += --no-print-directory --no-builtin-rules

PY     := .venv/bin/python
UV     := .venv/bin/uv
DONE   := .venv/done
ASSETS := $(wildcard .npmrc package.json package-lock.json build.mjs) $(shell find webforms/assets 2>/dev/null)

# One worker per core, four at the most; a file's tests stay together, and files begin in the order of collection.
WORKERS := -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# Where the home directory cannot be written to, the caches of uv and npm go into .venv.
ifneq ($(shell test -w "$$HOME" && echo yes),yes)
export HOME := $(CURDIR)/.venv/home
endif
export UV_PYTHON_DOWNLOADS := never
# The first start is as fast as the others, also where Python may not write beside its modules.
export UV_COMPILE_BYTECODE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

help: ## list these commands
	sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 18

run: $(DONE)/run $(DONE)/assets ## set everything up and serve the demo on http://127.0.0.1:8000
	REDRESS_DEMO=1 exec $(PY) app.py $(ARGS)

test: $(DONE)/dev $(DONE)/assets ## run the tests, without the slow ones; ARGS="-k word" for some of them
	echo "running the tests"
	$(PY) -m pytest $(WORKERS) $(ARGS)

test-all: $(DONE)/dev $(DONE)/assets ## run every test, also the slow ones and those on PostgreSQL
	echo "running all tests"
	$(PY) -m pytest $(WORKERS) --all $(ARGS)

fuzz: $(DONE)/dev ## judge 20,000 broken models; ARGS="--cases 100000" for more
	echo "judging broken models"
	$(PY) -m pytest $(WORKERS) tests/fuzz --cases 20000 $(ARGS)

check: lint types test ## lint, types and test: what a change must pass

lint: $(DONE)/dev ## check style and formatting
	echo "checking style"
	$(PY) -m ruff check --quiet .
	$(PY) -m ruff format --check --quiet .

types: $(DONE)/dev ## check types
	echo "checking types"
	$(PY) -m mypy --no-error-summary

bench: $(DONE)/dev $(DONE)/assets ## measure, and print ratios
	$(PY) -m benchmarks $(ARGS)

bench-large: $(DONE)/dev $(DONE)/assets ## measure pages and searches among a million cases, on both databases
	$(PY) -m benchmarks.large $(ARGS)

screenshots: $(DONE)/dev $(DONE)/assets ## take the pictures of docs/guide anew; fails where a page says other words than its guide
	$(PY) -m pytest -q -n0 tests/e2e/test_guide.py --screenshots $(ARGS)

lock: $(DONE)/venv ## write the requirements files anew from pyproject.toml; ARGS=--upgrade for newer versions
	echo "resolving the dependencies"
	$(call lock,requirements.txt,pyproject.toml)
	$(call lock,requirements-dev.txt,pyproject.toml --extra postgres --group dev -c requirements.txt)
	$(call lock,.ci/uv.txt,--group uv)
	$(call lock,.ci/node.txt,--group node)

clean: ## delete what the set-up and the tools made; your databases and keys stay
	rm -rf .venv node_modules webforms/static/dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# One set of pins for every system and every Python we run on.
lock = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(ARGS) -o $(1) $(2) >/dev/null

# Stages of the set-up. Each leaves a stamp and is skipped while the stamp is newer than what it was made from.

$(DONE)/venv: .ci/venv .ci/uv.txt
	sh .ci/venv $(PYTHON)
	touch $@

$(DONE)/run: $(DONE)/venv requirements.txt
	echo "installing the packages of requirements.txt"
	sh .ci/install requirements.txt
	touch $@

$(DONE)/dev: $(DONE)/venv requirements-dev.txt
	echo "installing the packages of requirements-dev.txt"
	sh .ci/install requirements-dev.txt
	touch $@

# Leaves its stamp itself: the set-up goes on without browser parts, and tries again the next time.
$(DONE)/assets: $(DONE)/venv .ci/assets $(ASSETS) $(if $(wildcard webforms/static/dist/*),,always)
	sh .ci/assets $@
