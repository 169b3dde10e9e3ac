# Sourced by the other scripts. Builds the project once and chooses the Java to measure: $ATLEX_BENCH_JAVA, otherwise the java
# on the PATH. Maven needs JDK 17 (see CONTRIBUTING.md) and gets the options in MVN_FLAGS.
benchmarks=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$benchmarks/../.." && pwd)
java=${ATLEX_BENCH_JAVA:-java}
results=${ATLEX_BENCH_RESULTS:-$benchmarks/target/benchmarks}

build() {
  # ATLEX_BENCH_NO_BUILD=1 measures the target folders without building them again.
  if [[ -z "${ATLEX_BENCH_NO_BUILD:-}" ]]; then
    (cd "$repository" && mvn -q ${MVN_FLAGS:-} -pl verification/benchmarks,cli/atlex-cli -am -DskipTests package)
  fi
  mkdir -p "$results"
}

# Prints the homes of the JDKs to compare, one per line: $ATLEX_BENCH_JDKS (HOME:HOME), else 17 and 25 if installed.
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
