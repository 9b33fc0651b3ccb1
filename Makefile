# `make` lists what can be done. Everything sets itself up: virtual environment, packages, RabbitMQ.

COUNT ?= 570
# `=`, not `:=`: looked for only when the virtual environment is made.
PYTHON = $(shell for p in python3.11 python3 python3.14 python3.13 python3.12; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null && { command -v $$p; break; }; done)
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test up down status lint format maps bench setup

help:  ## This list
	@awk -F ':.*## ' '/^##@ /{printf "\n%s\n", substr($$0, 5)} /^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo

##@ See it work
demo: setup  ## The whole office: 570 applications from registration to archive (COUNT=60 for fewer)
	.venv/bin/ptsp demo --count $(COUNT)

##@ Run it
up: setup  ## Start broker, database, two sites, mail and all rooms on this machine
	.venv/bin/ptsp up

down:  ## Stop everything; data stay
	@test ! -x .venv/bin/ptsp || .venv/bin/ptsp down

status:  ## What runs, since when, how much memory it takes
	@test -x .venv/bin/ptsp || { echo "nothing is set up yet: make up"; exit 1; }
	@.venv/bin/ptsp status

##@ Work on it
test: setup lint  ## Every check: style, import rule, and all tests against real parts
	@.venv/bin/python -m deploy.stack.install --browser
	.venv/bin/python -m pytest -q -n 2 --dist loadgroup

lint: $(READY)  ## Style and the import rule only
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/lint-imports

format: $(READY)  ## Put the style right
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

maps: $(READY)  ## Draw flow map, schemas, examples and AsyncAPI from the code
	.venv/bin/python -m deploy.maps

bench: setup  ## Measure speed and size; results are written into bench/
	.venv/bin/python -m bench

setup: $(READY)  ## Virtual environment, packages, RabbitMQ (the other targets do this by themselves)
	@.venv/bin/python -m deploy.stack.install

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { \
		echo "Python 3.11 or newer is needed and was not found as python3.11 or python3."; \
		echo "On Debian or Ubuntu:  sudo apt-get install python3 python3-venv"; exit 1; }
	@test -x .venv/bin/python || "$(PYTHON)" -m venv .venv || { \
		rm -rf .venv; \
		echo; \
		echo "$(PYTHON) cannot make a virtual environment."; \
		echo "On Debian or Ubuntu:  sudo apt-get install python3-venv      then run the same command again"; exit 1; }
	.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@
