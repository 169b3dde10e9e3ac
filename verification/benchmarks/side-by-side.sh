#!/bin/bash
# Compares whole processes that use Atlex, the TypeScript client or Java alone. Takes ten minutes, or two with --quick.
#   side-by-side.sh [--quick] [--goals] [--rounds=N] [--only=calls,waiting,oauth,cold,heap,jars] [--no-typescript]
# verification/conformance/reference/install.sh installs the TypeScript packages: two minutes and 560 MB the first time.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"

typescript=$benchmarks/target/typescript
arguments=()
node=
wanted=1
for argument in "$@"; do
  if [[ "$argument" == --no-typescript ]]; then wanted=; else arguments+=("$argument"); fi
done

build
if [[ -n "$wanted" ]]; then
  reference=$("$repository/verification/conformance/reference/install.sh")
  node=$reference/bin/node
  mkdir -p "$typescript"
  # Node resolves packages from the folder of the scripts.
  cp "$benchmarks"/typescript/*.mjs "$typescript"/
  ln -sfn "$reference/node_modules" "$typescript/node_modules"
  if [[ ! -f "$typescript/lexicons/index.ts" || "$repository/lexicons/lexicons.json" -nt "$typescript/lexicons/index.ts" ]]; then
    (cd "$typescript" && "$node" node_modules/@atproto/lex/bin/lex build --lexicons "$repository/lexicons/documents" \
      --out ./lexicons --clear --import-ext .ts --file-ext .ts --index-file --no-pretty) >&2
  fi
fi
run_java -Djdks="$(jdks | paste -sd:)" -Dnode="$node" -Dtypescript="$typescript" dev.atlex.benchmarks.process.SideBySide ${arguments[@]+"${arguments[@]}"}
