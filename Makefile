# make demo: the main job on a sample.   make test: all tests.   make lint: style and types.   make bench: speed.
# make score: against the gold records, where they are, by genre and by field.   make expected: write the samples' records anew.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test lint bench score expected clean

demo: .venv/installed
	$(BIN)/zhfacts --format jsonl samples/town-news.txt

test: .venv/installed
	$(BIN)/pytest --numprocesses auto --dist worksteal

lint: .venv/installed
	$(BIN)/ruff check extractor tests
	$(BIN)/ruff format --check extractor tests
	$(BIN)/mypy

bench: .venv/installed
	$(BIN)/python tests/bench/speed.py
	$(BIN)/python tests/bench/start.py
	$(BIN)/python tests/bench/scaling.py
	$(BIN)/python tests/bench/jobs.py

score: .venv/installed
	for set in dev check; do \
		[ ! -d ../shared/eval/$$set ] || \
		{ echo "== $$set"; $(BIN)/python ../shared/eval/score.py --inside --genres ../shared/eval/$$set/*.json; }; \
	done

.venv/installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

expected: .venv/installed
	for sample in samples/*.txt; do $(BIN)/zhfacts < $$sample > $${sample%.txt}.json; done

clean:
	rm -rf .venv dist
