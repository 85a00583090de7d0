# Works with Node >= 20.12, npm and make; everything else is fetched when needed.
# Each target explains itself after "##"; `make` alone lists them.

PNPM := scripts/pnpm.sh
MANIFESTS := package.json pnpm-lock.yaml pnpm-workspace.yaml $(wildcard */package.json packages/*/package.json services/*/package.json)
INSTALLED := node_modules/.installed
RELEASE := dist/release

.DEFAULT_GOAL := help
SHELL := /bin/bash
.PHONY: help deps build docs start lint format typecheck test test-browser test-faults test-real token forget check-config snapshot release install upgrade uninstall test-install fuzz bench bench-history bench-fleet bench-dashboard-day bench-dashboard-heap screenshots clean images roll test-compose redis-get

help: ## Show this list
	@echo 'Usage: make <target>'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

start: build ## Run everything here (simulated numbers unless a MediaMTX is there); Ctrl-C stops it
	@node scripts/dist/start/main.js

test: deps ## Check everything: types, lint, import cycles, dead code, all tests
	@scripts/test.sh

check: deps ## Check quickly what changed since the last commit, or since BASE=main: types, style, the tests beside it
	@BASE=$(BASE) scripts/check.sh

test-browser: build ## Test the dashboard in a real Chromium and Firefox (CHROMIUM_BIN=/path/to/chromium, FIREFOX_BIN=… for others than in PATH)
	@scripts/test-browser.sh

test-real: build ## Test on a real MediaMTX: MEDIAMTX_BIN=/path/to/mediamtx make test-real (needs ffmpeg)
	@scripts/test-real.sh

test-faults: build ## Break every part of a whole monitor, each ROUNDS times (20; 70 minutes), and check what clients saw: make test-faults [ROUNDS=20]
	@scripts/ensure-tools.sh redis-server
	@ROUNDS=$(or $(ROUNDS),20) $(PNPM) run --silent test tests/faults tests/redis/sentinel tests/redis/cluster

fuzz: build ## Send strangers' bytes to the API's port and odd values to Redis: make fuzz [SECONDS=600] [SEED=7]
	@scripts/ensure-tools.sh redis-server
	@FUZZ_SECONDS=$(or $(SECONDS),600) $(if $(SEED),FUZZ_SEED=$(SEED)) $(PNPM) run --silent test tests/fuzz

images: ## Build the Docker images of all services and print their sizes
	@scripts/images.sh

roll: ## Replace the API's replicas of compose.yaml one by one, without losing a request
	@scripts/roll.sh

redis-get: ## Print the newest streams as they stand in compose.yaml's Redis, as a user who may only read
	@docker compose exec -T redis bash /monitor/get.sh

test-compose: deps ## Test compose.yaml on the images that `make images` built (needs Docker with Compose v2)
	@scripts/test-compose.sh

forget: build ## Forget a server or host that is gone for good, at once: make forget SERVER=name, or HOST=name
	@node services/collector/dist/main.js $(if $(filter command,$(origin HOST)),--forget-host "$(HOST)",--forget "$(SERVER)")

check-config: build ## Say whether the collector takes a file as its MONITOR_CONFIG: make check-config FILE=monitor.yml
	@node services/collector/dist/main.js --check-config "$(FILE)"

token: build ## Make a token for the API and the line that stands for it: make token NAME=dashboard
	@node scripts/dist/token/main.js "$(NAME)"

snapshot: build ## Write what MediaMTX says into a file, without secrets, for a bug report: make snapshot FILE=report.json
	@node services/collector/dist/snapshot-main.js --output "$(or $(FILE),mediamtx-snapshot.json)"

release: build ## Make dist/mediamtx-monitor-<version>.tar.gz, which installs without a registry or a build
	@scripts/release.sh

install: ## Build, install and start as systemd services: sudo make install [ONLY=host-agent] [REDIS_URL=…]
	@scripts/as-owner.sh $(MAKE) --no-print-directory release
	@$(RELEASE)/lib/setup/install.sh

upgrade: ## Build, replace the release that is installed, and go back to it if this one doesn't work: sudo make upgrade
	@scripts/as-owner.sh $(MAKE) --no-print-directory release
	@$(RELEASE)/lib/setup/upgrade.sh

uninstall: ## Remove the installation, the settings too unless KEEP_SETTINGS=1: sudo make uninstall
	@systemd/setup/uninstall.sh

test-install: release ## Test install, upgrade and uninstall: in a scratch root, and in containers that boot systemd
	@scripts/test-install.sh

bench: build ## Measure everything beside plain programs, for docs/performance.md and history.md (25 minutes): make bench [ONLY=collector,page]
	@scripts/ensure-tools.sh redis-server $(if $(CHROMIUM_BIN),,chromium)
	@ONLY="$(ONLY)" QUICK="$(QUICK)" node bench/dist/main.js
	@$(PNPM) exec prettier --write --log-level warn docs/performance.md docs/history.md

bench-history: build ## Measure what history costs Redis, those who read it and the collector, for docs/history.md (3 minutes)
	@scripts/ensure-tools.sh redis-server
	@ONLY=history QUICK="$(QUICK)" node bench/dist/main.js
	@$(PNPM) exec prettier --write --log-level warn docs/history.md

bench-fleet: build ## Measure what 50 servers of 200 streams cost, and 200 of 50 (8 minutes)
	@scripts/ensure-tools.sh redis-server
	@QUICK="$(QUICK)" node bench/dist/fleet/main.js

bench-dashboard-day: build ## Tell open pages of the dashboard a day's ticks, with streams that come and go; fails when they grow
	@scripts/ensure-tools.sh redis-server chromium
	@node bench/dist/dashboard/day.js

bench-dashboard-heap: build ## The same for 30 minutes' ticks, of 100 and of 1000 streams (10 minutes)
	@scripts/ensure-tools.sh redis-server chromium
	@BENCH_TICKS=900 BENCH_STREAMS=100,1000 node bench/dist/dashboard/day.js

screenshots: build ## Take pictures of every view, four sizes, light and dark (40 minutes): make screenshots [TO=folder] [ONLY=stream]
	@scripts/ensure-tools.sh redis-server $(if $(CHROMIUM_BIN),,chromium)
	@CHROMIUM_BIN="$(or $(CHROMIUM_BIN),/usr/bin/chromium)" TO="$(or $(TO),test-results/screenshots)" ONLY="$(ONLY)" \
		$(PNPM) run --silent test --config jest.screenshots.config.js

build: deps ## Compile all packages and services into their dist folders
	@$(PNPM) run --silent build

deps: $(INSTALLED) ## Install the dependencies, where they changed

docs: deps ## Write what the settings' declarations say into docs/configuration.md, .env.example and compose.yaml
	@$(PNPM) exec tsc -b scripts
	@node scripts/dist/docs/main.js

lint: build ## Check code style (ESLint, Prettier)
	@$(PNPM) run --silent lint

format: deps ## Rewrite all files in the common format (Prettier)
	@$(PNPM) run --silent format

typecheck: deps ## Check the types of sources and tests
	@$(PNPM) run --silent typecheck

clean: ## Remove what build and tests have made
	rm -rf dist test-results {packages,services}/*/dist scripts/dist bench/dist {packages,services}/*/*.tsbuildinfo scripts/*.tsbuildinfo bench/*.tsbuildinfo *.tsbuildinfo

$(INSTALLED): $(MANIFESTS)
	@$(PNPM) install --frozen-lockfile --config.confirm-modules-purge=false
	@touch $@
