#!/bin/sh
# Installs the npm packages when they are missing or stale, and with them the Node that the scripts run on.
set -eu
cd "$(dirname "$0")/.."
# Not `npm ci`: it refuses a lock file that was written where packages for other platforms could not be had.
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo "Installing npm packages (about 30 s) ..." >&2
  npm install --no-save --no-audit --no-fund --loglevel=error >&2
fi
