# run      the standard day: summary on the screen, report in Results/runs
# test     everything that must hold: format, source check, all tests
# compare  the kernel against a hand-written C++ loop and SimPy; ARGUMENTS="--day" for the day too
# claim    the savings of batching over tickets, flows and FX netting, into Results/reference
# worlds   optimised against all other strategies in random worlds, into Results/reference
# mechanisms  what liquidity-saving mechanisms settle over a day, into Results/reference
# coverage how often the intervals of compare hold the true mean, on real runs, into Results/reference
# random   5,000 random scenarios, and the ends of every key alone and in pairs of one section
# scale    how time and memory grow when a scenario doubles, into Results/reference; ARGUMENTS="--long"
# traces   how fast recorded payments are read, into Results/reference
# timings  what planning and netting take on this machine
# install  executable, scenarios, completions, manual page below $(DESTDIR)$(PREFIX), PREFIX=/usr/local
# uninstall  what install put below PREFIX, and nothing else
# deb      a Debian package into .build
# consumer a package that uses the libraries SettleSim and VirtualTime, built from nothing and run
# sanitize smoke, transfers, compare and sweep under the thread and the address sanitizer
# readme   what the commands of README and gallery print, and their pictures, written into the pages
# docs     the documentation of the modules, warnings as errors, into .build/documentation
# clean    what building left behind; results stay

.PHONY: run test compare claim worlds mechanisms coverage random scale traces timings install uninstall deb consumer \
  sanitize readme docs clean packages test-packages test-tools test-build
.DEFAULT_GOAL := run

SCENARIO ?= Scenarios/standard-day.yaml
ARGUMENTS ?=

run: packages
	swift build -c release --static-swift-stdlib --product settlesim
	.build/release/settlesim run $(SCENARIO) $(ARGUMENTS)

# What tests call is fetched while the tests are built. Of what is built the format check comes first:
# it is the quickest to fail. ProjectTests holds the source check, and runs with the other tests.
test: packages
	@$(MAKE) --no-print-directory --jobs=2 test-tools test-build
	swift test --skip-build

test-tools: test-packages $(if $(wildcard Tests/requirements.txt),.venv/requirements.stamp)

test-build:
	swift format lint --strict --parallel --recursive Sources Tests Package.swift
	swift build --build-tests

compare: packages
	Tests/Reference/compare.py $(ARGUMENTS)

claim: packages
	swift build -c release --static-swift-stdlib --product settlesim
	Tests/Reference/savings_claim.py

worlds: packages
	swift build -c release --static-swift-stdlib --product settlesim
	Tests/Reference/strategy_worlds.py $(ARGUMENTS)

mechanisms: packages
	swift build -c release --static-swift-stdlib --product settlesim
	Tests/Reference/mechanisms.py

coverage: packages $(if $(wildcard Tests/requirements.txt),.venv/requirements.stamp)
	swift build -c release --static-swift-stdlib --product settlesim
	.venv/bin/python3 Tests/Reference/interval_coverage.py

random: packages
	swift build --build-tests
	SETTLESIM_RANDOM_SCENARIOS=5000 swift test --skip-build --filter 'RandomScenarioTests|ExtremeTests'

scale: packages
	swift build -c release --static-swift-stdlib --product settlesim
	Tests/Reference/scale.py $(ARGUMENTS)

traces: packages
	swift build -c release --static-swift-stdlib --product settlesim
	Tests/Reference/trace_rows.py

timings: packages
	swift build -c release --static-swift-stdlib --product timings
	.build/release/timings

# What is installed: built if it is missing or older than a source. As root it may be built before, by
# `make run` or by `make .build/release/settlesim`, as oneself.
PREFIX ?= /usr/local
DESTDIR ?=
EXECUTABLE ?= .build/release/settlesim
# Where `make deb` puts the package.
DEBIAN ?= .build

.build/release/settlesim: Package.swift $(shell find Sources -type f)
	$(MAKE) packages
	swift build -c release --static-swift-stdlib --product settlesim
	touch $@

install: $(EXECUTABLE)
	.packaging/install.sh install "$(EXECUTABLE)" "$(DESTDIR)$(PREFIX)"

uninstall:
	.packaging/install.sh uninstall "$(DESTDIR)$(PREFIX)"

deb: $(EXECUTABLE)
	.packaging/deb.sh "$(EXECUTABLE)" "$(DEBIAN)"

consumer: packages
	swift run --package-path Tests/Packages/Consumer --scratch-path .build/consumer Consumer

sanitize: packages
	Tests/Sanitizers/run.sh $(ARGUMENTS)

readme: packages
	swift build -c release --static-swift-stdlib --product settlesim
	Tests/Reference/readme.py

docs: packages
	swift build
	Tests/Judges/documentation.sh

clean:
	swift package clean
	rm -rf .build/reference .build/consumer .build/thread .build/address .venv

packages:
	@.ci/install-packages

# What the build needs, and the schedulers that sweeps are tested under.
test-packages:
	@.ci/install-packages test

# Python packages that judge results in the tests; a change of the list makes the directory anew.
.venv/requirements.stamp: Tests/requirements.txt
	rm -rf .venv
	python3 -m venv .venv
	.venv/bin/pip install --quiet --requirement $<
	cp $< $@
