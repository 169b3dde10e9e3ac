#!/bin/bash
# Whole processes side by side: Atlex, the TypeScript client, bare Java. Half an hour; --quick: two minutes.
#   side-by-side.sh [--quick] [--rounds=N] [--only=calls,waiting,cold,heap,jars] [--no-typescript]
# The TypeScript packages come with conformance/reference/install.sh: two minutes and 560 MB the first time.
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
  reference=$("$repository/conformance/reference/install.sh")
  node=$reference/bin/node
  mkdir -p "$typescript"
  # Node looks for packages beside the scripts.
  cp "$benchmarks"/typescript/*.mjs "$typescript"/
  ln -sfn "$reference/node_modules" "$typescript/node_modules"
  if [[ ! -f "$typescript/lexicons/index.ts" || "$repository/lexicons.json" -nt "$typescript/lexicons/index.ts" ]]; then
    (cd "$typescript" && "$node" node_modules/@atproto/lex/bin/lex build --lexicons "$repository/lexicons" \
      --out ./lexicons --clear --import-ext .ts --file-ext .ts --index-file --no-pretty) >&2
  fi
fi
# The cold start is measured on 17 and 25, where they are; ATLEX_BENCH_JDKS=HOME:HOME names others.
jdks=${ATLEX_BENCH_JDKS:-}
if [[ -z "$jdks" ]]; then
  for version in 17 25; do
    for home in /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
      if [[ -x "$home/bin/java" ]] && grep -qs "^JAVA_VERSION=\"$version" "$home/release"; then
        jdks+="${jdks:+:}$home"
        break
      fi
    done
  done
fi
run_java -Djdks="$jdks" -Dnode="$node" -Dtypescript="$typescript" dev.atlex.benchmarks.process.SideBySide ${arguments[@]+"${arguments[@]}"}
