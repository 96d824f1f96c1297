# Dynowiki's commands. GNU make 3.81, which macOS ships, reads this too.

IN ?= auto
PORT ?= 8000
VENV = .venv/bin

# Several Pythons may be installed, and a name on the PATH may be a shim that fails: the first that runs is taken.
BASE_PYTHON = $(shell for name in python3.13 python3.12 python3.11 python3; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$name; break; }; done)

# The tool needs no packages to start the containers, so the virtual environment is used only where there is one.
PARITY = $(if $(wildcard .venv/ready),$(VENV)/python,$(or $(BASE_PYTHON),python3)) -m parity

# Locks hold for every machine and every Python from 3.11 on, and name no package registry.
COMPILE = $(VENV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL = help
.PHONY: help up down logs test accept lint lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "%-13s%s\n", "make " $$1, $$2 }' Makefile

up: $(if $(filter compose,$(IN)),,$(wildcard .venv/ready)) ## start the wiki: IN=compose|honcho|embedded chooses where, PORT=8000 the port
	@$(PARITY) up --in $(IN) --port $(PORT) --detach

down: ## stop it; its data stays
	@$(PARITY) down

logs: ## follow what it says
	@$(PARITY) logs

test: .venv/ready ## run every test that this machine can; T=tests/app chooses some
	@# Tests name the settings themselves, once they have told them of servers of their own.
	@env -u DJANGO_SETTINGS_MODULE $(VENV)/pytest $(T)

accept: .venv/ready ## try any wiki from outside: WIKI_USERNAME=… WIKI_PASSWORD=… make accept URL=https://…
	@test -n "$(URL)" || { echo 'make: no address given [usage]'; \
		echo 'hint: WIKI_USERNAME=… WIKI_PASSWORD=… make accept URL=http://127.0.0.1:8000'; exit 2; } >&2
	@$(VENV)/pytest tests/acceptance --url '$(URL)'

lint: .venv/ready ## check style and types, and that the homes agree
	@$(VENV)/ruff check .
	@$(VENV)/ruff format --check .
	@# The plugin for Django runs the settings: on the example's values, with its blanks filled.
	@env $$(sed -n '/^[A-Z]/{s/=$$/=lint/;p;}' .env.example) $(VENV)/mypy
	@$(VENV)/python -m parity check --severity warning

lock: .venv/ready ## pin every dependency with its hashes; UPGRADE=1 takes newer versions
	$(COMPILE) --group app -o requirements.txt
	$(COMPILE) --group dev -o requirements-dev.txt
	echo 'minio>=7.2.20' | $(COMPILE) --custom-compile-command 'make lock' -o docker/minio/bucket/requirements.txt -

clean: ## remove its data, after asking (YES=1 doesn't ask)
	@$(PARITY) clean $(if $(YES),--yes)

# pip gets the hashes of what it installs, so a package that was changed on the way is refused.
.venv/ready: requirements-dev.txt
	@test -n "$(BASE_PYTHON)" || { echo 'make: no Python 3.11 or newer is on the PATH [python-too-old]'; \
		echo 'hint: install one, such as python3.13, then start again'; exit 1; } >&2
	@echo 'making .venv from requirements-dev.txt (the first time takes a minute)'
	@$(BASE_PYTHON) -m venv .venv || { echo 'make: $(BASE_PYTHON) could not make .venv [no-venv]'; \
		echo 'hint: Debian keeps that in a package of its own: apt-get install python3-venv'; exit 1; } >&2
	@$(VENV)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt \
		|| { echo 'make: .venv was left unfinished [no-venv]'; \
		echo 'hint: mend what pip says above (`df -h .` shows a full disk), then start again'; exit 1; } >&2
	@touch .venv/ready
