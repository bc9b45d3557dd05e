# Two commands: `make run` reads a face, picks ten songs and opens the app; `make test` runs the tests.
# Both create the environment .venv and install what they need.

PYTHON ?= python3
PHOTO ?= examples/portrait.png
# Extras to install for the tests; `make test EXTRAS=dev,batch,camera,heic,train` also tests training and Ray.
EXTRAS ?= dev,camera,heic
# Processes that run the tests.
JOBS ?= 2
# Duration of `make fuzz` and `make soak`.
SECONDS ?= 60
ROUNDS ?= 20
TARGETS ?=

venv := .venv
pip := $(venv)/bin/python -m pip install --quiet --disable-pip-version-check

.PHONY: run test test-lowest check fuzz soak clean

run: $(venv)/.installed
	@$(venv)/bin/musicalface look "$(PHOTO)"
	@tools/open-app $(venv)/bin/musicalface

test: $(venv)/.installed-$(EXTRAS)
	@tools/system-packages
	$(venv)/bin/python -m pytest --numprocesses $(JOBS) --dist loadfile

# Tests with the lowest versions that pyproject.toml allows; `make test-lowest PYTHON=python3.13` uses another Python.
test-lowest:
	@tools/test-lowest "$(PYTHON)" build/lowest

# Fuzzes every reader for SECONDS each, or only TARGETS="photo audio-tags". See docs/reliability.md.
fuzz: $(venv)/.installed-$(EXTRAS)
	@$(pip) atheris
	$(venv)/bin/python -m tests.fuzz --seconds $(SECONDS) $(TARGETS)

# Tests kills, held connections, floods and memory, and prints a table. See docs/reliability.md.
soak: $(venv)/.installed-$(EXTRAS)
	$(venv)/bin/python -m tests.soak --rounds $(ROUNDS) --seconds $(SECONDS)

check: $(venv)/.installed-dev,batch,camera,heic,train
	$(venv)/bin/ruff format --check .
	$(venv)/bin/ruff check .
	$(venv)/bin/mypy
	$(venv)/bin/lint-imports

clean:
	rm -rf $(venv) build dist

$(venv)/.installed: $(venv)/bin/python pyproject.toml
	@echo "Installing MusicalFace in $(venv). This takes about a minute, once."
	@$(pip) --editable .
	@touch $@

$(venv)/.installed-%: $(venv)/bin/python pyproject.toml constraints.txt
	@echo "Installing MusicalFace and its tests in $(venv). This takes a few minutes, once."
	@$(pip) --constraint constraints.txt --editable ".[$*]"
	@touch $@ $(venv)/.installed

$(venv)/bin/python:
	@tools/make-venv "$(PYTHON)" $(venv)
