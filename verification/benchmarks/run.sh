#!/bin/bash
# Measures all, on JDK 17 and on 25, and writes docs/performance/appendix.md with its plots.
#   run.sh [--quick | --goals] [--rounds=N] [--no-typescript]
# In full: half an hour on a machine that does nothing else. --goals: a quarter of an hour, for what there are goals for.
# --quick: five minutes once all is built and installed; it takes a tenth of the measures, and serves to see that a change did
# not spoil anything.
# ATLEX_BENCH_JDKS=HOME:HOME names other JDKs.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"

quick=
goals=
side_arguments=()
for argument in "$@"; do
  case "$argument" in
    --quick) quick=1; side_arguments+=("$argument") ;;
    --goals) goals=1 ;;
    --rounds=* | --no-typescript) side_arguments+=("$argument") ;;
    *) echo "usage: run.sh [--quick | --goals] [--rounds=N] [--no-typescript]" >&2; exit 2 ;;
  esac
done

build
export ATLEX_BENCH_NO_BUILD=1
all=$results
rm -rf "$all"/jdk-*
mapfile -t homes < <(jdks)
if [[ ${#homes[@]} -eq 0 ]]; then
  echo "run.sh: found no JDK 17 and no JDK 25; ATLEX_BENCH_JDKS=HOME:HOME names them" >&2
  exit 2
fi
for home in "${homes[@]}"; do
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
  java=$home/bin/java
  results=$all/jdk-$version
  mkdir -p "$results"
  echo "on JDK $version"
  # What has no goal is measured once, on the last one. The cold start compares the JDKs itself.
  last=
  if [[ "$home" == "${homes[-1]}" ]]; then last=1; fi
  scope=--goals
  if [[ -n "$last" && -z "$quick$goals" ]]; then scope=; fi
  # In turns within one JVM: on a machine that others use too, a JVM for each would measure the others.
  run_java dev.atlex.benchmarks.Ratios --in-process ${quick:+--quick} $([[ -n "$scope" ]] || echo --all)
  only=calls,waiting,heap${last:+,cold,jars}
  ATLEX_BENCH_JAVA=$java ATLEX_BENCH_RESULTS=$results "$benchmarks/side-by-side.sh" \
    --only="$only" ${scope:+"$scope"} ${side_arguments[@]+"${side_arguments[@]}"}
done
results=$all
run_java dev.atlex.benchmarks.report.Report "$repository/docs"
