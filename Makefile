# `make help` prints this list.
.PHONY: help check lint types layers test format

help:  ## print this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

check: lint types layers test  ## everything CI checks

lint:  ## ruff, both its checks
	ruff check .
	ruff format --check .

types:  ## mypy --strict on our packages
	mypy

layers:  ## service -> indexing -> corpus, never back
	lint-imports

test:  ## the tests
	pytest

format:  ## put every file into form
	ruff format .
	ruff check --fix .
