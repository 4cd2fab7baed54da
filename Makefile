# Two targets for a newcomer: `make site` and `make test`. Everything lands in .venv/ and build/.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

.PHONY: site test bench release check format docs pins clean

site: $(STAMP) site/node_modules/.stamp
	$(BIN)/cancu build

test: $(STAMP) .venv/.dev site/node_modules/.dev check
	$(BIN)/pytest -n 2 --cov --cov-report=term:skip-covered --cov-fail-under=95

check: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/.dev
	$(BIN)/python -m cancu.docs
	$(BIN)/python -m cancu.notebooks

$(STAMP): requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -e .
	@touch $@

.venv/.dev: $(STAMP) requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# What a release is made of, in dist/: the wheel, the bill of materials with licences, and what is known of weaknesses. Refused where the
# doctor finds a fault in the build, or a weakness is known of what is pinned (where the index has no such list, it says how few were looked up).
release: site .venv/.dev
	$(BIN)/pip install --quiet --disable-pip-version-check 'cyclonedx-bom>=7.5,<8' 'pip-audit>=2.9,<3'
	$(BIN)/cancu doctor build
	mkdir -p dist
	$(BIN)/pip-audit --requirement requirements.txt --require-hashes --disable-pip --progress-spinner off --format json --output dist/audit.json
	@$(BIN)/python -c "import json; all = json.load(open('dist/audit.json'))['dependencies']; left = [one for one in all if 'skip_reason' in one]; \
	print(f'{len(all) - len(left)} of {len(all)} packages were looked up for weaknesses' + (': the index has no list for the others, see dist/audit.json' if left else ''))"
	$(BIN)/python -m build --wheel --no-isolation --outdir dist
	$(BIN)/cyclonedx-py environment .venv --output-reproducible --of JSON -o dist/sbom.json

# Measures everything, each thing beside its peer in the same run, and writes docs/performance.*
bench: .venv/.dev
	$(BIN)/pip install --quiet --disable-pip-version-check 'eyecite>=2.7,<3' 'hyperscan>=0.7,<1'
	$(BIN)/python -m benchmarks

# The extras of the page (typeface, SPARQL in the browser) come from npm; without it the site builds, and says what is missing.
site/node_modules/.stamp: site/package.json
	@if command -v npm >/dev/null; then cd site && npm ci --silent --no-audit --no-fund --ignore-scripts --omit=dev || echo "npm failed: the site is built without its extras"; \
	else echo "npm not found: the site is built without its extras"; fi
	@mkdir -p site/node_modules && touch $@

# What the tests of pages need besides: axe-core and the Nu Html Checker.
site/node_modules/.dev: site/package.json
	@if command -v npm >/dev/null; then cd site && npm ci --silent --no-audit --no-fund --ignore-scripts || echo "npm failed: pages are not checked for access and HTML"; \
	else echo "npm not found: pages are not checked for access and HTML"; fi
	@mkdir -p site/node_modules && touch $@ site/node_modules/.stamp

clean:
	rm -rf build .build.work dist .venv site/node_modules

# Pins what pyproject.toml allows, anew, each by the hashes of its files.
pins: .venv/.dev
	$(BIN)/uv pip compile pyproject.toml --extra notebook --extra serve --universal --generate-hashes -q --no-emit-index-url --no-header --no-annotate -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes -q --no-emit-index-url --no-header --no-annotate -c requirements.txt -o requirements-dev.txt
