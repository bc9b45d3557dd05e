# Two commands: `make run` reads a face, names ten songs and opens the app, `make test` runs the tests.
# Both make their own environment in .venv and install what they need.

PYTHON ?= python3
PHOTO ?= examples/portrait.png
# Also installed for the tests; `make test EXTRAS=dev,batch,camera,heic,train` adds those of training and of Ray.
EXTRAS ?= dev,camera,heic

venv := .venv
pip := $(venv)/bin/python -m pip install --quiet --disable-pip-version-check

.PHONY: run test check clean

run: $(venv)/.installed
	@$(venv)/bin/musicalface look "$(PHOTO)"
	@tools/open-app $(venv)/bin/musicalface

test: $(venv)/.installed-$(EXTRAS)
	@tools/system-packages
	$(venv)/bin/python -m pytest

check: $(venv)/.installed-dev,batch,camera,heic,train
	$(venv)/bin/ruff format --check .
	$(venv)/bin/ruff check .
	$(venv)/bin/mypy
	$(venv)/bin/lint-imports

clean:
	rm -rf $(venv) build dist

$(venv)/.installed: $(venv)/bin/python pyproject.toml
	@echo "Installing MusicalFace into $(venv): about a minute, once."
	@$(pip) --editable .
	@touch $@

$(venv)/.installed-%: $(venv)/bin/python pyproject.toml constraints.txt
	@echo "Installing MusicalFace and its tests into $(venv): a few minutes, once."
	@$(pip) --constraint constraints.txt --editable ".[$*]"
	@touch $@ $(venv)/.installed

$(venv)/bin/python:
	@tools/make-venv "$(PYTHON)" $(venv)
