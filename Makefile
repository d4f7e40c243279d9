# Two commands do everything: `make demo` draws a picture, `make test` runs every test.
SHELL := /bin/bash
.DEFAULT_GOAL := build
.PHONY: build setup demo examples record-examples test sanitize check-neon fuzz report-check lint format docs bench install clean

PACKAGES := libyaml-dev libpng-dev libjpeg-dev libwebp-dev liblcms2-dev libfreetype-dev libexpat1-dev libopenblas-dev pkg-config
NEON_PACKAGES := qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross
TEST_PACKAGES := python3-jsonschema python3-yaml opencv-data
PREFIX ?= /usr/local
SWIFT_SOURCES := Package.swift Sources Nodes Tests
EASEL := .build/release/easel

## Builds the program in release mode.
build: setup
	swift build -c release --static-swift-stdlib --product easel

## Installs the system's packages that are missing (Debian and Ubuntu).
setup:
	@Scripts/setup.sh $(PACKAGES)

## Builds, draws the example portrait and says where it is.
demo: build
	@$(EASEL) run Examples/portrait/graph.yaml --out out/portrait
	@echo "The picture is out/portrait/image.png. Change it: $(EASEL) run Examples/portrait/graph.yaml --set 'prompt=...' --out out/portrait"

## Runs every example and shows them on one page, out/examples/index.html.
examples: build
	Scripts/gallery.py --easel $(EASEL) --out out/examples

## Writes the examples' pictures anew, after the model or a graph has changed. The run fails, as it checks nothing.
record-examples: setup
	EASEL_RECORD=1 swift test -c release --filter thePicturesAreTheCommittedOnes

## Runs every test in release mode.
test:
	@Scripts/setup.sh $(PACKAGES) $(TEST_PACKAGES)
	swift test -c release
	for cpu in avx2 portable openblas; do \
	  EASEL_CPU=$$cpu swift test -c release --skip-build --filter TensorTests || exit; \
	done
	Scripts/check-kernels.sh plain

## Looks for what kernels do wrong in memory, in arithmetic and between threads (XCTest itself leaks a little).
sanitize: setup
	Scripts/check-kernels.sh sanitize
	EASEL_ARENA=off ASAN_OPTIONS=detect_leaks=0 swift test -c release --sanitize=address --scratch-path .build/sanitize --filter TensorTests

## Checks the kernels for 64-bit Arm under an emulator.
check-neon:
	@Scripts/setup.sh $(NEON_PACKAGES)
	Scripts/check-kernels.sh neon 50

## Looks at a run's report in headless Chromium, which must be installed.
report-check: build
	@$(EASEL) run Examples/portrait/graph.yaml --out out/report --report out/report/report.html
	@$(EASEL) plan Examples/portrait/graph.yaml --format json | Scripts/check_report.py out/report/report.html

## Checks a million random and damaged graphs; EASEL_FUZZ_COUNT and EASEL_FUZZ_SEED say how many and which.
fuzz: setup
	EASEL_FUZZ_COUNT=$${EASEL_FUZZ_COUNT:-1000000} swift test -c release --filter FuzzTests

## Checks the formatting of every Swift file.
lint:
	swift format lint --strict --recursive $(SWIFT_SOURCES)

## Formats every Swift file in place.
format:
	swift format --in-place --recursive $(SWIFT_SOURCES)

## Writes the pages of the nodes and the schema of graphs anew.
docs: build
	rm -rf Docs/nodes
	$(EASEL) nodes --format markdown --out Docs/nodes
	$(EASEL) schema > Docs/easel.schema.json.part
	mv Docs/easel.schema.json.part Docs/easel.schema.json

## Runs the benchmarks (nothing else should run meanwhile); FULL=1 for the large graphs too.
bench: build
	Benchmarks/run.py
	Benchmarks/growth.py $(if $(FULL),--full)

## Installs the program, its model, its font, its styles, its vocabulary and its graphs under PREFIX.
install: build
	install -d $(PREFIX)/bin $(PREFIX)/lib/easel
	install $(EASEL) $(PREFIX)/lib/easel/easel
	cp -r .build/release/easel_{DefaultModel,DefaultFont,DefaultStyles,CLIPVocabulary}.resources Graphs Examples $(PREFIX)/lib/easel/
	ln -sfn ../lib/easel/easel $(PREFIX)/bin/easel

clean:
	rm -rf .build out
