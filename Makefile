# Everything a person types. `make` alone lists it.

PYTHON ?= python3
BIN := .venv/bin
PO := $(wildcard training/translations/*/LC_MESSAGES/messages.po)
MO := $(PO:.po=.mo)
MESSAGES := training/translations

.DEFAULT_GOAL := help
.PHONY: help serve sign-ins test check check-courses format soak bench screenshots translations clean
.DELETE_ON_ERROR:

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: .venv/.installed-run $(MO) ## start Học Số on http://127.0.0.1:8000 (first start: loads the demo province; DEMO=no: does not)
	@exec $(BIN)/python -m training.serving $(if $(filter no,$(DEMO)),,--demo)

sign-ins: .venv/.installed-run ## show the demo's sign-ins again
	@$(BIN)/flask demo sign-ins

test: .venv/.installed-dev $(MO) ## run every test (PostgreSQL: set TEST_DATABASE_URL; browser: install Chromium)
	$(BIN)/pytest $(TESTS)

check: .venv/.installed-dev $(MO) ## format, lint, types, import contracts, templates, house rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/pytest tests/house

check-courses: .venv/.installed-run ## check every course in courses/: errors, stale references, how easy it reads
	@$(BIN)/flask courses report

format: .venv/.installed-dev ## put the code into the one format
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

soak: .venv/.installed-dev $(MO) ## play phone, network and server against each other for a long time (SOAK_STEPS=200000)
	SOAK_STEPS=$(or $(SOAK_STEPS),200000) $(BIN)/pytest -s tests/quizzes/test_no_answer_is_lost.py

bench: .venv/.installed-dev $(MO) ## measure the program on this machine
	$(BIN)/python -m tests.bench

screenshots: .venv/.installed-dev $(MO) ## take pictures of the pages of the demo (needs Chromium)
	$(BIN)/python -m tests.screenshots

translations: .venv/.installed-run ## collect the words of the program into the message catalogues
	$(BIN)/pybabel -q extract -F $(MESSAGES)/babel.cfg -k _l -k N_ --no-location --sort-output --no-wrap \
		--project="Hoc So" -o $(MESSAGES)/messages.pot .
	for language in vi en; do \
		if [ -f $(MESSAGES)/$$language/LC_MESSAGES/messages.po ]; \
		then $(BIN)/pybabel -q update -i $(MESSAGES)/messages.pot -d $(MESSAGES) -l $$language --no-fuzzy-matching --no-wrap --ignore-obsolete; \
		else $(BIN)/pybabel -q init -i $(MESSAGES)/messages.pot -d $(MESSAGES) -l $$language --no-wrap; fi || exit 1; \
	done

clean: ## remove what can be made again; the data in instance/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find training tests -name __pycache__ -type d -exec rm -rf {} +
	find training/translations -name '*.mo' -delete

%.mo: %.po | .venv/.installed-run
	@$(BIN)/pybabel -q compile -i $< -o $@

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Python 3.11 or newer is needed: sudo apt install python3 (or name another: make PYTHON=python3.12 …)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python cannot make virtual environments here: sudo apt install python3-venv"; exit 1; }
	@echo "Making the virtual environment .venv …"
	@$(PYTHON) -m venv .venv

.venv/.installed-run: requirements.txt | .venv/bin/python
	@echo "Installing what the program needs (first time only, about a minute) …"
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed-run
	@echo "Installing what tests and checks need (first time only, about a minute) …"
	@$(BIN)/pip install -qq --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@
