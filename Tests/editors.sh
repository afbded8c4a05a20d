#!/usr/bin/env bash
# Drives `rulec lsp` with real clients: with Neovim by the configuration in editors/neovim, and with
# pytest-lsp; and tries the extension for VS Code where there is a node. Installs both clients if they are missing: Neovim from the system's packages, pytest-lsp into
# .build/editors. With --speed it measures too how fast the server answers.
set -euo pipefail
cd "$(dirname "$0")/.."
export SWIFT_BACKTRACE=enable=no
export RULEC="${RULEC:-$PWD/.build/release/rulec}"
export ROOT="$PWD"

[ -x "$RULEC" ] || swift build -c release --product rulec

if ! command -v nvim > /dev/null; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends neovim
fi
if [ ! -x .build/editors/bin/pytest ]; then
  python3 -m venv .build/editors
  .build/editors/bin/pip install -q -r Tests/Editors/requirements.txt
fi

FOLDER="$(mktemp -d)"
export FOLDER
trap 'rm -rf "$FOLDER"' EXIT
cp Tests/Editors/letters.rules Tests/Editors/serious.txt "$FOLDER"

echo "== Neovim"
timeout -k 5 120 nvim --headless -u NONE -c 'luafile Tests/Editors/neovim.lua'

if command -v node > /dev/null; then
  echo "== the extension for VS Code"
  node Tests/Editors/extension.js
fi

echo "== pytest-lsp"
timeout -k 5 300 .build/editors/bin/pytest -q -p no:cacheprovider \
  -o asyncio_default_fixture_loop_scope=module Tests/Editors

if [ "${1:-}" = "--speed" ]; then
  echo "== speed"
  Tests/lsp-speed.py --rulec "$RULEC"
fi
