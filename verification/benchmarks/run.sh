#!/bin/bash
# Runs all benchmarks on JDK 17 and 25 and writes docs/performance/appendix.md with its plots.
#   run.sh [--quick | --goals] [--rounds=N] [--no-typescript]
# A full run takes half an hour on an idle machine. --goals measures only the figures that have a goal, in a quarter of an hour.
# --quick takes a tenth of the measurements, which is enough to notice a regression, in five minutes after the build.
# ATLEX_BENCH_JDKS=HOME:HOME selects other JDKs.
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
  echo "run.sh: found neither JDK 17 nor JDK 25; set ATLEX_BENCH_JDKS=HOME:HOME" >&2
  exit 2
fi
for home in "${homes[@]}"; do
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
  java=$home/bin/java
  results=$all/jdk-$version
  mkdir -p "$results"
  echo "on JDK $version"
  # Figures without a goal are measured once, on the last JDK. The cold-start benchmark compares the JDKs itself.
  last=
  if [[ "$home" == "${homes[-1]}" ]]; then last=1; fi
  scope=--goals
  if [[ -n "$last" && -z "$quick$goals" ]]; then scope=; fi
  # Measure in turns within one JVM, because on a shared machine separate JVMs would be affected differently by other work.
  run_java dev.atlex.benchmarks.Ratios --in-process ${quick:+--quick} $([[ -n "$scope" ]] || echo --all)
  only=calls,waiting,oauth,heap${last:+,cold,jars}
  ATLEX_BENCH_JAVA=$java ATLEX_BENCH_RESULTS=$results "$benchmarks/side-by-side.sh" \
    --only="$only" ${scope:+"$scope"} ${side_arguments[@]+"${side_arguments[@]}"}
done
results=$all
run_java dev.atlex.benchmarks.report.Report "$repository/docs"
