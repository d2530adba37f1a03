# One entry to everything. `make help` lists what there is.
PYTHON ?= python3
VENV   ?= .venv
PORT   ?= 7860
Q      ?= why did 机关运行经费 drop 21.7%?
GOLD   ?= $(wildcard tests/gold/*/*.jsonl)
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup ingest run ask test lint format evaluate bench arms reading screenshots clean

help:  ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##[[:space:]]*/\t/' | expand -t 14

setup: $(STAMP)  ## make .venv and install everything into it

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Juewen needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

ingest: setup  ## read the reports that ship with the project into ./var
	$(BIN)/python -m qa ingest corpus/reports

run: ingest  ## set up, ingest, answer one question, then serve the chat page until Ctrl-C
	@echo; echo "› $(Q)"; echo
	@$(BIN)/python -m qa ask "$(Q)"
	@echo
	$(BIN)/python -m qa serve --port $(PORT)

ask: ingest  ## answer one question: make ask Q="…"
	@$(BIN)/python -m qa ask "$(Q)"

test: lint  ## formatter, linter, types, import layers, tests
	$(BIN)/python -m pytest

lint: setup  ## the same without the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup  ## format the code and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

evaluate: ingest  ## score the gold set that ships with the project
	$(BIN)/python -m qa evaluate tests/gold/dev/*.jsonl

bench: ingest  ## measure ingesting, and answering: cold, warm, by kind of question
	$(BIN)/python benchmarks/ingesting.py
	$(BIN)/python benchmarks/answering.py

arms: ingest  ## the product beside grep, BM25, dense and llama-index: make arms GOLD="…"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	$(BIN)/python -m benchmarks.arms $(GOLD)

reading: setup  ## what reading finds and costs, a row a file: make reading FILES="…"
	$(BIN)/python benchmarks/ingesting.py --table $(FILES)

screenshots: ingest  ## take the pictures of docs/screenshots (needs Chromium)
	$(BIN)/python docs/take_screenshots.py

clean:  ## remove the environment and the store
	rm -rf $(VENV) var
