# Basin's commands. `make study` and `make test` start from a bare Debian machine with Swift.
#
# PORTABLE=1 builds for any x86-64 machine instead of the one it runs on. In either the loops that cost most are chosen
# by the processor as the program starts.

ifdef PORTABLE
FLAGS =
else
FLAGS = -Xcc -march=native -Xswiftc -DBASIN_NATIVE
endif

# Without debug information a first build takes a tenth less; symbols stay, so that a backtrace still names functions.
SWIFT_FLAGS = -c release -debug-info-format none $(FLAGS)
BASIN = .build/release/basin

.PHONY: setup build study test drill browse lint clean

setup:
	@scripts/setup

# Product by product: a build of all targets would compile what the tests share, too.
build: setup
	swift build $(SWIFT_FLAGS) --product basin
	swift build $(SWIFT_FLAGS) --product basin_sqlite

study: build
	$(BASIN) run pair-proxy-fashion-mnist
	$(BASIN) report pair-proxy-fashion-mnist
	$(BASIN) report pair-proxy-fashion-mnist --format html

test: setup
	swift build $(SWIFT_FLAGS) --build-tests
	scripts/run-tests swift test $(SWIFT_FLAGS) --skip-build

# Attacks on the built program, two to four minutes; `Tests/Drills/drill --size full` takes an hour.
drill: build
	Tests/Drills/drill --basin $(BASIN)

# A report's page in headless Chromium, ten seconds.
browse: build
	@scripts/setup chromium chromium-driver python3-selenium
	Tests/Browser/browse --basin $(BASIN)

lint:
	@scripts/lint

clean:
	rm -rf .build
