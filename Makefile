# Each target sets up what it needs: `make app`, `make lab`, `make test`, `make check`, `make bench`.
# Options go through ARGS: make app ARGS="--language es", make test ARGS="tests/store -x".

SHELL := /bin/sh
BIN := .venv/bin
READY := .venv/.ready
export UV_PYTHON_DOWNLOADS := never
# As pip does; without it every start of Python compiles pandas anew where nothing may be written later.
export UV_COMPILE_BYTECODE := 1

# The first Python that fits; another one: make app PYTHON=/path/to/python3.12
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && command -v $$name && break; done)

.PHONY: app lab test check bench setup lock
.DEFAULT_GOAL := app

app: $(READY)
	@$(BIN)/workbench app $(ARGS)

lab: $(READY)
	@$(BIN)/workbench lab $(ARGS)

# A missing browser or database server is said, not fatal: the tests are then skipped, which fails where CI=true.
test: $(READY)
	@found=$$($(BIN)/python tests/browser.py) || found=; \
	if [ -n "$$found" ]; then export CHROMIUM="$$found"; fi; \
	found=$$($(BIN)/python tests/postgres.py) || found=; \
	if [ -n "$$found" ]; then export POSTGRES="$$found"; fi; \
	$(BIN)/python -m pytest -n 3 --dist loadfile $(ARGS)

check: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/pyright
	@$(BIN)/lint-imports

bench: $(READY)
	@failed=; for bench in tests/bench/[a-z]*.py; do \
		echo "== $$bench"; $(BIN)/python "$$bench" $(ARGS) || failed="$$failed $$bench"; done; \
	if [ -n "$$failed" ]; then echo "did not finish:$$failed" >&2; exit 1; fi

setup: $(READY)

# uv is in the lock file, so that `uv pip sync` keeps it.
$(READY): requirements.lock pyproject.toml
	@if [ -z "$(PYTHON)" ]; then \
		echo "Python 3.11 or newer was not found. Install it, or say where it is: make app PYTHON=/path/to/python3" >&2; exit 1; fi
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || \
		{ echo "Setting up .venv with $(PYTHON) …" >&2; rm -rf .venv; "$(PYTHON)" -m venv .venv; }
	@$(BIN)/uv --version >/dev/null 2>&1 || { $(BIN)/python -m ensurepip -U >/dev/null 2>&1; \
		$(BIN)/python -m pip install -q --disable-pip-version-check "$$(sed -n 's/^\(uv==[^ ;]*\).*/\1/p' requirements.lock)"; }
	@$(BIN)/uv pip sync -q --python $(BIN)/python requirements.lock || \
		{ echo "Trying again with the certificates of this machine …" >&2; \
		$(BIN)/uv pip sync -q --system-certs --python $(BIN)/python requirements.lock; }
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

lock: $(READY)
	@$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" --group dev pyproject.toml -o requirements.lock
