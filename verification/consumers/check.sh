#!/bin/bash
# Builds and runs projects that use Atlex's installed artifacts: ./check.sh [--reference] [Maven options]
# Atlex is installed into a temporary local repository, which links to the usual one for everything else.
# With --reference, the example runs on the reference PDS, which is installed if necessary. Without it, the example runs on
# ATLEX_SERVICE (with ATLEX_HANDLE and ATLEX_PASSWORD) if set, otherwise on a LocalPds. The consumers always use a LocalPds.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
project=$root/examples/own-lexicons
reference=
if [[ "${1:-}" == --reference ]]; then
  reference=yes
  shift
fi
options=("$@")
work=$(mktemp -d)
network=
end() {
  [[ -z "$network" ]] || kill "$network" 2> /dev/null || true
  rm -rf "$work"
}
trap end EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }
maven() { mvn -B -ntp -q -Dmaven.repo.local="$work/repository" "${options[@]}" "$@"; }

# Starts the reference PDS, creates an account, and sets ATLEX_SERVICE, ATLEX_HANDLE and ATLEX_PASSWORD.
start_reference() {
  local installed
  installed=$("$root/verification/conformance/reference/install.sh")
  (cd "$installed" && LOG_ENABLED=false exec bin/node network.mjs) > "$work/network" 2> "$work/network.err" < /dev/null &
  network=$!
  for _ in $(seq 900); do
    [[ -s "$work/network" ]] && break
    kill -0 "$network" 2> /dev/null || break
    sleep 0.1
  done
  ATLEX_SERVICE=$(grep -oE '"pdsUrl": ?"[^"]*"' "$work/network" | cut -d '"' -f 4) ||
    { cat "$work/network.err" >&2; fail "the reference PDS did not start"; }
  ATLEX_HANDLE=traveller.test
  ATLEX_PASSWORD=password-of-a-test
  export ATLEX_SERVICE ATLEX_HANDLE ATLEX_PASSWORD
  curl -sSf -o /dev/null -H 'content-type: application/json' "$ATLEX_SERVICE/xrpc/com.atproto.server.createAccount" \
    -d "{\"handle\":\"$ATLEX_HANDLE\",\"email\":\"traveller@example.test\",\"password\":\"$ATLEX_PASSWORD\"}" ||
    fail "the reference PDS did not create the account"
}

mkdir "$work/project"
"$root/scripts/link-repository.sh" "$work/repository"

echo "Installing Atlex"
maven -f "$root/pom.xml" install -Dmaven.test.skip -Dspotless.check.skip \
  -pl codegen/atlex-maven-plugin,session/atlex-session,integrations/atlex-session-postgres,integrations/atlex-micrometer,integrations/atlex-spring-boot3-starter,integrations/atlex-spring-boot4-starter,integrations/atlex-spring-boot-test,bluesky/atlex-bluesky,testing/atlex-testkit -am

named=$(grep -rl jspecify "$project" "$here" --include=pom.xml --include='*.java' --include='*.kt' || true)
[[ -z "$named" ]] || fail "these files name JSpecify, although projects get it as a transitive dependency of Atlex: $named"

cp -r "$here" "$work/consumers"
cd "$work/consumers"
rm -rf ./*/target # left by builds of single projects
echo "Building and running the consumers"
maven package | tee "$work/output"
for consumer in "module" "kotlin 2.4" "Spring Boot 3" "Spring Boot 4" "sign-in with Spring Boot 3" "sign-in with Spring Boot 4" "Quarkus 3.33"; do
  grep -q "Done: $consumer" "$work/output" || fail "this consumer did not finish: $consumer"
done

echo "Building the Kotlin consumer with the oldest compiler that checks nullness strictly"
cp -r "$here/kotlin" kotlin-oldest
rm -rf kotlin-oldest/target
maven -f kotlin-oldest package -Dkotlin.version=2.1.21 | tee "$work/output"
grep -q "Done: kotlin 2.1" "$work/output" || fail "the Kotlin consumer did not finish"

echo "Building sources that the Kotlin compiler must reject"
if maven -f kotlin compile -Dsources=src/refused/kotlin > "$work/output" 2>&1; then
  fail "the sources compiled: the compiler does not see which values may be null"
fi
marked=$(grep -n "// refused" kotlin/src/refused/kotlin/Refused.kt | cut -d : -f 1)
for line in $marked; do
  grep -q "Refused.kt:$line:" "$work/output" || { cat "$work/output"; fail "line $line of Refused.kt was not rejected"; }
done

cp -r "$project/pom.xml" "$project/src" "$work/project"
cd "$work/project"
echo "Building examples/own-lexicons"
maven package

sources=target/generated-sources/atlex
[[ -f $sources/com/example/journal/Entry.java ]] || fail "the types of the project were not generated"
others=$(find "$sources" -name '*.java' ! -path '*/com/example/journal/*')
[[ -z "$others" ]] || fail "these types were generated again, although a dependency has them: $others"
jar tf target/*.jar | grep -F META-INF/atlex/lexicons/com/example/journal/entry.json > /dev/null || fail "the jar does not contain the documents"

echo "Building it again"
touch "$work/before"
maven compile
changed=$(find target -name '*.class' -newer "$work/before" -o -name '*.java' -newer "$work/before")
[[ -z "$changed" ]] || fail "nothing changed, but these files were written again: $changed"

echo "Adding a document, changing it, removing it"
extra=src/main/lexicons/com/example/journal/extra.json
echo '{"lexicon":1,"id":"com.example.journal.extra","defs":{"main":{"type":"object","properties":{"one":{"type":"string"}}}}}' > $extra
maven compile
grep -q 'String one()' $sources/com/example/journal/Extra.java || fail "the new document was not generated"
touch "$work/before"
sed -i 's/"one"/"two"/' $extra
maven compile
grep -q 'String two()' $sources/com/example/journal/Extra.java || fail "the changed document was not generated again"
changed=$(find $sources -name '*.java' -newer "$work/before" ! -name Extra.java)
[[ -z "$changed" ]] || fail "one document changed, but these files were written again: $changed"
rm $extra
maven compile
[[ ! -e $sources/com/example/journal/Extra.java ]] || fail "the source of the removed document still exists"
[[ ! -e target/classes/com/example/journal/Extra.class ]] || fail "the class of the removed document still exists"
[[ ! -e target/generated-resources/atlex/META-INF/atlex/lexicons/com/example/journal/extra.json ]] || fail "the removed document is still in the output"
[[ -f $sources/com/example/journal/Entry.java ]] || fail "the other types were deleted"

[[ -z "$reference" ]] || start_reference
echo "Running it on ${ATLEX_SERVICE:-a LocalPds}"
maven exec:java | tee "$work/output"
grep -q '^Done' "$work/output" || fail "the program did not finish"

echo "Checking the error message for an unresolved reference"
sed -i 's/com.atproto.repo.strongRef/com.atproto.repo.strongRfe/' src/main/lexicons/com/example/journal/bookmark.json
if maven compile > "$work/output" 2>&1; then
  fail "a reference to a missing document was not reported"
fi
message="src/main/lexicons/com/example/journal/bookmark.json: com.example.journal.bookmark.subject: unresolved reference \"com.atproto.repo.strongRfe\": document not found"
grep -F "$message" "$work/output" || { cat "$work/output"; fail "the output lacks the message: $message"; }
echo "All checks passed"
