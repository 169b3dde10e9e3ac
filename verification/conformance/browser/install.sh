#!/bin/bash
# Installs the driver of the browser (see README.md) into $ATLEX_BROWSER_DIR or .work/ beside this script. Takes seconds; later
# it only copies the script, unless the locked package has changed. Prints the folder.
set -euo pipefail

fail() { echo "install.sh: $*" >&2; exit 1; }

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=${ATLEX_BROWSER_DIR:-$source_dir/.work}
mkdir -p "$target/bin"
target=$(cd "$target" && pwd)

# Two JVMs may install at once. The second waits, and then has nothing to do.
if command -v flock > /dev/null; then
  exec 9> "$target/.lock"
  flock 9
fi

command -v npm > /dev/null || fail "install Node 20 or newer first"
browser=${ATLEX_CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [[ -z "$browser" ]]; then
  [[ $EUID -eq 0 ]] && command -v apt-get > /dev/null || fail "install Chromium first, or set ATLEX_CHROMIUM"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >&2
  browser=$(command -v chromium)
fi
ln -sf "$browser" "$target/bin/chromium"
ln -sf "$(command -v node)" "$target/bin/node"

cp "$source_dir"/*.mjs "$source_dir/package.json" "$source_dir/package-lock.json" "$target"/
if ! cmp -s "$source_dir/package-lock.json" "$target/.installed"; then
  cd "$target"
  rm -f .installed
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2
  cp package-lock.json .installed
fi
echo "$target"
