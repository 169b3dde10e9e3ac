# Sourced by the scripts here. Builds the project once, and says what Java measures: $ATLEX_BENCH_JAVA, else the java of the PATH.
# Maven itself needs JDK 17 (see CONTRIBUTING.md); MVN_FLAGS is handed on to it.
benchmarks=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$benchmarks/../.." && pwd)
java=${ATLEX_BENCH_JAVA:-java}
results=${ATLEX_BENCH_RESULTS:-$benchmarks/target/benchmarks}

build() {
  # ATLEX_BENCH_NO_BUILD=1: what is in the target folders is measured.
  if [[ -z "${ATLEX_BENCH_NO_BUILD:-}" ]]; then
    (cd "$repository" && mvn -q ${MVN_FLAGS:-} -pl verification/benchmarks,cli/atlex-cli -am -DskipTests package)
  fi
  mkdir -p "$results"
}

# The homes of the JDKs to compare, a line each: $ATLEX_BENCH_JDKS (HOME:HOME), else 17 and 25 where they are.
jdks() {
  if [[ -n "${ATLEX_BENCH_JDKS:-}" ]]; then
    tr ':' '\n' <<<"$ATLEX_BENCH_JDKS"
    return
  fi
  local version home
  for version in 17 25; do
    for home in /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
      if [[ -x "$home/bin/java" ]] && grep -qs "^JAVA_VERSION=\"$version" "$home/release"; then
        echo "$home"
        break
      fi
    done
  done
}

run_java() {
  "$java" -Dresults="$results" -Drepository="$repository" -cp "$benchmarks/target/classes:$(cat "$benchmarks/target/classpath")" "$@"
}
