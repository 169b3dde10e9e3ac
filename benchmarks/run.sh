#!/bin/bash
# Measures all, and writes docs/performance.md with its plots.
#   run.sh [--quick] [--no-typescript]
# In full: more than an hour on a machine that does nothing else. --quick: three minutes once all is built and installed; it
# takes a tenth of the measures, in fewer JVMs, and serves to see that a change did not spoil anything.
# ATLEX_BENCH_JAVA=…/bin/java names another JDK than that of the PATH.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/environment.sh"

quick=
side_arguments=()
for argument in "$@"; do
  case "$argument" in
    --quick) quick=1; side_arguments+=("$argument") ;;
    --no-typescript) side_arguments+=("$argument") ;;
    *) echo "usage: run.sh [--quick] [--no-typescript]" >&2; exit 2 ;;
  esac
done

build
export ATLEX_BENCH_NO_BUILD=1
if [[ -n "$quick" ]]; then
  run_java dev.atlex.benchmarks.Ratios --in-process
else
  run_java dev.atlex.benchmarks.Ratios --all
fi
"$benchmarks/side-by-side.sh" ${side_arguments[@]+"${side_arguments[@]}"}
run_java dev.atlex.benchmarks.report.Report "$repository/docs"
