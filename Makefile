PY := .venv/bin/python
SITE ?= examples/normal.toml
DAYS ?= 1000
CUTS ?= 50
SEED ?= 1
MINUTES ?= 10
NEEDED := pyproject.toml constraints.txt scripts/setup.sh

.DEFAULT_GOAL := help
.PHONY: help setup run test campaign hands cuts simulate line mutations check bench docs clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s  %s\n", $$1, $$2 }' Makefile

setup: .venv/.setup-run  ## install what this machine lacks to run a centre (packages, .venv)

run: .venv/.setup-run  ## run a whole centre with fake devices, until Ctrl-C (SITE=file for another site.toml)
	@exec .venv/bin/moiso up --fake --site $(SITE)

test: .venv/.setup-test  ## install what the tests need too, and run them all
	@$(PY) -m pytest --numprocesses=3 --dist=loadfile --durations=10

campaign: .venv/.setup-test  ## the random days and mornings, many more of them than in `make test`
	@HYPOTHESIS_PROFILE=long $(PY) -m pytest tests/moiso/core/test_against_plain.py tests/hub/test_any_morning.py

hands: .venv/.setup-test  ## press *next* of one counter with two browsers and a keypad at the same instant, 500 times
	@$(PY) -m tests.whole.hands

cuts: .venv/.setup-test  ## cut the kiosks' link 50 times while people press, kill the hub, break printers' lines (CUTS=n SEED=s)
	@$(PY) -m tests.whole.cuts --cuts $(CUTS) --seed $(SEED)

simulate: .venv/.setup-test  ## a thousand days of the large centre on which everything goes wrong (DAYS=n SEED=s)
	@.venv/bin/moiso simulate --site examples/large.toml --days $(DAYS) --seed $(SEED) --faults --jobs $(shell nproc)

line: .venv/.setup-test  ## ten minutes of keypads and signs on a bad serial line (MINUTES=n)
	@$(PY) -m tests.counter_terminal.line_campaign --minutes $(MINUTES)

mutations: .venv/.setup-test  ## put each deliberate fault into a copy and see the simulator find it
	@$(PY) -m tests.mutations.find

check: .venv/.setup-test  ## look for mistakes without running anything: ruff, types, who imports whom
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports

bench: .venv/.setup-test  ## measure latency, throughput and memory beside this machine's own floors
	@$(PY) -m centre.bench

docs: .venv/.setup-test  ## write the generated pages of docs/ again
	@$(PY) -m centre.docs

clean:  ## remove .venv and what the tools left; the centre's data in state/ stays
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.setup-run: $(NEEDED)
	@scripts/setup.sh run

.venv/.setup-test: $(NEEDED)
	@scripts/setup.sh test
