# Sourced by the scripts here. Builds the project once, and says what Java measures: $ATLEX_BENCH_JAVA, else the java of the PATH.
# Maven itself needs JDK 17 (see CONTRIBUTING.md); MVN_FLAGS is handed on to it.
benchmarks=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(dirname "$benchmarks")
java=${ATLEX_BENCH_JAVA:-java}
results=$benchmarks/target/benchmarks

build() {
  # ATLEX_BENCH_NO_BUILD=1: what is in the target folders is measured.
  if [[ -z "${ATLEX_BENCH_NO_BUILD:-}" ]]; then
    (cd "$repository" && mvn -q ${MVN_FLAGS:-} -pl benchmarks,lex-cli -am -DskipTests package)
  fi
  mkdir -p "$results"
}

run_java() {
  "$java" -Dresults="$results" -Drepository="$repository" -cp "$benchmarks/target/classes:$(cat "$benchmarks/target/classpath")" "$@"
}
