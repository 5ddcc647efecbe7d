# SPDX-License-Identifier: GPL-2.0-or-later
# The two commands of the README, and the checks. Each does its own set-up in a virtual environment; all it needs is
# Python 3.11 or newer, pip and make. The package's build hook compiles the native core and the guest.
#
#   make demo    the lecture's experiment       make test    every test
#   make lint    ruff and mypy                  make clean   remove everything that was made
#
# A stamp in the environment remembers what was built from which sources, so the second call is quick.

SHELL := /bin/sh
VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$p"; break; }; done)
JOBS ?= 2

# What the build hook compiles: a change here means building again.
COMPILED := $(shell find sim/core sim/guest -type f 2>/dev/null) sim/build.py sim/gentypes.py sim/hatch_hook.py
# Bytecode, also where Python is told to write none: without it every command takes half a second longer to start.
COMPILE = $(BIN)/python -m compileall -q dscript sim tracer experiments
USER := $(VENV)/.made-user
DEV := $(VENV)/.made-dev

.PHONY: demo test lint clean

demo: $(USER)
	@$(BIN)/probelab demo

test: $(DEV)
	$(BIN)/python -m pytest -n $(JOBS) $(PYTEST_ARGS)

lint: $(DEV)
	$(BIN)/ruff check
	$(BIN)/mypy

clean:
	rm -rf $(VENV) build dist sim/_build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment. Where Python comes without ensurepip (as on Debian), the pip at hand installs one into it;
# where even that is too old to do so, virtualenv does.
$(BIN)/pip:
	@test -n "$(PYTHON)" || { echo "make: Python 3.11 or newer is needed; set PYTHON=/path/to/python" >&2; exit 1; }
	@echo "making a virtual environment in $(VENV) with $(PYTHON)"
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 \
	|| { $(PYTHON) -m venv --clear --without-pip $(VENV) && $(PYTHON) -m pip -q --python $(BIN)/python install pip; } \
	|| { rm -rf $(VENV) build/virtualenv && $(PYTHON) -m pip -q install --target build/virtualenv virtualenv \
	     && PYTHONPATH=build/virtualenv $(PYTHON) -m virtualenv -q $(VENV); }
	@test -x $@

$(USER): pyproject.toml $(COMPILED) | $(BIN)/pip
	@echo "installing, and compiling core, kernel and userland (about a minute the first time)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@$(COMPILE)
	@touch $@

$(DEV): pyproject.toml $(COMPILED) | $(BIN)/pip
	@echo "installing with the tools for tests, and compiling core, kernel and userland (about a minute the first time)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	@$(COMPILE)
	@touch $@ $(USER)
