# make demo: the main job on a sample, and its report.   make test: all tests.   make lint: style and types.   make bench: speed.   make fuzz SECONDS=60: wild texts.
# make score: against the gold records, where they are, by genre and by field.   make docs: the site, in site/.
# make expected: write the samples' records and the docs' output anew.
PYTHON ?= python3
SECONDS ?= 60
BIN := .venv/bin

.PHONY: demo test lint fuzz bench score expected docs clean

demo: .venv/installed
	$(BIN)/zhfacts --format jsonl samples/town-news.txt
	mkdir -p build
	$(BIN)/zhfacts report samples/town-news.txt --output build/demo.html
	@echo "The text with its facts marked: $(CURDIR)/build/demo.html (open it in a browser)" >&2

test: .venv/installed
	$(BIN)/pytest --numprocesses auto --dist worksteal

lint: .venv/installed
	$(BIN)/ruff check extractor tests docs
	$(BIN)/ruff format --check extractor tests docs
	$(BIN)/mypy

fuzz: .venv/installed
	PYTHONPATH=tests $(BIN)/python -m wild.fuzz --seconds $(SECONDS)

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
	for pack in samples/packs/*; do for text in $$pack/*.txt; do \
	  $(BIN)/zhfacts --rules $$pack < $$text > $${text%.txt}.json; done; done
	$(BIN)/python docs/generate.py

docs: .venv/docs
	$(BIN)/python docs/generate.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet

.venv/docs: .venv/installed
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[docs]'
	touch $@

clean:
	rm -rf .venv build dist site
