# The few words of this project. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
include versions.env
export RAYJOB_TARGET = make $@

.PHONY: help demo test check examples build sandbox clean distclean

help: ## List these words
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' Makefile | expand --tabs=18
	@echo 'Everything built or downloaded goes below RAYJOB_CACHE ($${XDG_CACHE_HOME:-~/.cache}/rayjob).'

demo: ## Run examples/quickstart on a cluster of its own, or on the one that DEMO_KUBECONFIG names
	@bash examples/quickstart/demo.sh

test: ## Check, then run all tests on the sandbox; ends with the line "N passed, N failed"
	@bash tests/run.sh

check: ## Formatting, lint and types alone; no cluster
	@bash tests/check.sh

examples: ## Write the schema, and the examples in its documentation in every language
	@npm run --silent generate
	@bash provider/schema/examples/convert.sh
	@npm run --silent generate

build: ## Build what the demo and the tests run on
	@bash tests/sandbox/build.sh

sandbox: build ## Start the sandbox: Kubernetes, KubeRay and an object store on this machine
	@bash tests/sandbox/up.sh
	@bash tests/sandbox/describe.sh

clean: ## Take the sandbox and the demo down, and remove what was built in this checkout
	@bash tests/sandbox/down.sh
	@rm -rf bin build
	@bash tests/sandbox/leftovers.sh

distclean: clean ## The same, and remove the cache folder
	@bash tests/sandbox/forget.sh
