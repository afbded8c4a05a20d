#!/usr/bin/env bash
# Drives the page that `rulec report` makes in a real browser: reads, clicks and types, compares its decisions
# with those of `rulec decide`, and has an accessibility checker look at it.
#
# usage: Tests/report.sh [--messages N] [--policies N] [--screenshots DIR]
#
# It installs what it needs: Chromium and, in an environment of its own in the folder for temporary files,
# the Python packages playwright and axe-playwright-python.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! command -v chromium > /dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium \
    fonts-liberation > /dev/null
fi

environment=${TMPDIR:-/tmp}/rulec-report-environment
if ! "$environment/bin/python" -c 'import playwright, axe_playwright_python' 2> /dev/null; then
  python3 -m venv "$environment"
  "$environment/bin/python" -m pip install -q playwright axe-playwright-python
fi

if [ -z "${RULEC:-}" ]; then
  swift build -c release --product rulec
  RULEC=$PWD/.build/release/rulec
fi

export RULEC PYTHONPATH=$PWD/Tests PYTHONDONTWRITEBYTECODE=1
exec "$environment/bin/python" -m Report "$@"
