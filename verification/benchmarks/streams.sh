#!/bin/bash
# Compares reading event streams with Atlex, on each JDK, and with the TypeScript packages, by processor time.
#   streams.sh [--seconds=N] [--no-typescript]
# Installs the TypeScript packages of streams.mjs into the target folder, which takes a few seconds and needs npm.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"

seconds=5
wanted=1
for argument in "$@"; do
  case "$argument" in
    --seconds=*) seconds=${argument#--seconds=} ;;
    --no-typescript) wanted= ;;
    *) sed -n '2,4s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 2 ;;
  esac
done

build
frames=$benchmarks/target/streams
run_java dev.atlex.benchmarks.stream.StreamThroughput "--frames=$frames"
if [[ -n "$wanted" ]]; then
  packages=$benchmarks/target/typescript-streams
  mkdir -p "$packages"
  cp "$benchmarks/typescript/streams.mjs" "$packages"/
  [[ -f "$packages/package.json" ]] || echo '{"private":true}' >"$packages/package.json"
  npm install --prefix "$packages" --no-audit --no-fund --silent @atproto/sync@0.1.40 @atproto/xrpc-server@0.10.21
fi
mapfile -t homes < <(jdks)
for home in "${homes[@]}"; do
  echo "$(sed -n 's/^JAVA_VERSION="\(.*\)"/JDK \1/p' "$home/release")"
  java=$home/bin/java
  run_java dev.atlex.benchmarks.stream.StreamThroughput "--seconds=$seconds"
  if [[ -n "$wanted" ]]; then
    echo "Node $(node --version)"
    node "$packages/streams.mjs" "$frames" "$seconds"
  fi
done
