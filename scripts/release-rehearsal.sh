#!/bin/bash
# Rehearses a release: builds and signs all artifacts of HEAD, deploys them to a folder, and checks them as users will see
# them. Only the real key and the upload are missing.
#
#   scripts/release-rehearsal.sh [--baseline REF] [--output FOLDER]
#
#   --baseline REF    The version to compare the API with. Default: the tag of the newest release before HEAD, or HEAD~1 if there is none.
#   --output FOLDER   The folder to copy the bundle for the upload to.
#
# Each build runs in a clone, so uncommitted changes are ignored. A snapshot is built as the release that it precedes.
# ATLEX_SIGNING_KEY holds the armored private key of a real release, and MAVEN_GPG_PASSPHRASE its passphrase. Without them,
# the rehearsal creates a temporary key. ATLEX_MAVEN_REPOSITORY names a local repository other than
# ~/.m2/repository; third-party artifacts come from there, but Atlex never does. Needs JDK 17, Maven, git, gpg and python3.
# docs/releasing.md describes the whole release.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
exec < /dev/null
# Jars contain the modes of the files in the checkout.
umask 022

step() { printf '\n==== [%d:%02d] %s\n' $((SECONDS / 60)) $((SECONDS % 60)) "$*"; }
fail() { echo "Release rehearsal FAILED after $SECONDS s: $*" >&2; exit 1; }

baseline=
output=
while [[ $# -gt 0 ]]; do
  case "$1" in
    --baseline) baseline=${2:?"--baseline needs a ref"}; shift 2 ;;
    --output) output=$(mkdir -p "${2:?"--output needs a folder"}" && cd "$2" && pwd); shift 2 ;;
    -h | --help) sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit ;;
    *) fail "unknown option $1; see --help" ;;
  esac
done

work=$(mktemp -d)
export GNUPGHOME=$work/gnupg
end() {
  gpgconf --kill all 2> /dev/null || true
  rm -rf "$work"
}
trap end EXIT

# Runs Maven in a checkout, with that checkout's own local repository: maven CHECKOUT …
maven() {
  local checkout=$1
  shift
  (cd "$checkout" && mvn -B -ntp -q -Dmaven.repo.local="$checkout.m2" -Dspotless.check.skip "$@") || fail "Maven failed in a clone of $commit"
}

# Clones a commit into a folder beside an empty local repository: checkout REF FOLDER
checkout() {
  git clone -q --no-checkout "$root" "$2"
  git -C "$2" checkout -q --detach "$1"
  "$root/scripts/link-repository.sh" "$2.m2"
}

# Prints the published modules of a checkout, one per line.
published() {
  local module
  sed -n 's|.*<module>\(.*\)</module>.*|\1|p' "$1/pom.xml" | while read -r module; do
    grep -q '<maven.deploy.skip>true<' "$1/$module/pom.xml" || echo "$module"
  done
}

# Prints the artifact IDs of the published modules of a checkout, one per line.
artifacts() { published "$1" | sed 's|^bom$|atlex-bom|; s|.*/||'; }

joined() { paste -sd , -; }

step "Cloning HEAD and choosing the version"
commit=$(git -C "$root" rev-parse --short HEAD)
[[ -n "$baseline" ]] || baseline=$(git -C "$root" describe --tags --match 'v[0-9]*' --abbrev=0 HEAD~1 2> /dev/null || echo HEAD~1)
baseline=$(git -C "$root" rev-parse --short --verify "$baseline^{commit}") || fail "--baseline: unknown commit"
first=$work/first/atlex
checkout "$commit" "$first"
declared=$(sed -n 's|^  <version>\(.*\)</version>|\1|p' "$first/pom.xml")
version=${declared%-SNAPSHOT}
if [[ -n "${ATLEX_SIGNING_KEY:-}" && "$declared" == *-SNAPSHOT ]]; then
  fail "refusing to sign the snapshot $declared with a real key; run scripts/set-version.sh $version and commit first"
fi
[[ "$declared" == "$version" ]] || (cd "$first" && scripts/set-version.sh "$version")
mapfile -t modules < <(published "$first")
echo "Version $version of commit $commit, ${#modules[@]} modules, compared with $baseline"

step "Preparing the signing key"
mkdir -m 700 "$GNUPGHOME"
if [[ -n "${ATLEX_SIGNING_KEY:-}" ]]; then
  gpg --batch -q --import <<< "$ATLEX_SIGNING_KEY"
else
  gpg --batch -q --passphrase '' --quick-generate-key 'Rehearsal of Atlex <rehearsal@example.com>' ed25519 sign 1d 2> /dev/null
fi
gpg --batch -q --list-secret-keys

step "Building, signing and deploying to a folder"
repository=$work/repository
deploy() {
  local checkout=$1 target=$2
  shift 2
  maven "$checkout" -T 1C -Prelease deploy -Dmaven.test.skip -pl "$(published "$checkout" | joined)" \
    "-DaltDeploymentRepository=rehearsal::file:$target" "$@"
}
deploy "$first" "$repository"
# Maven Central creates its own metadata from the bundle.
find "$repository" -name 'maven-metadata*' -delete

step "Checking each artifact"
(cd "$first" && python3 "$root/scripts/release/artifacts.py" "$repository" "$version" "${modules[@]}") || fail "the artifacts have the problems above"

step "Building again in another folder and time zone, and comparing byte by byte"
second=$work/second/a-longer-path/to/atlex
mkdir -p "$(dirname "$second")"
checkout "$commit" "$second"
[[ "$declared" == "$version" ]] || (cd "$second" && scripts/set-version.sh "$version")
(
  export TZ=Pacific/Auckland LC_ALL=C
  deploy "$second" "$work/again" -Dgpg.skip -Dmaven.javadoc.skip
)
same=0
differing=()
while read -r file; do
  if cmp "$repository/$file" "$work/again/$file"; then
    same=$((same + 1))
  else
    differing+=("$file")
  fi
done < <(cd "$work/again" && find . -type f ! -name '*.md5' ! -name '*.sha1' ! -name 'maven-metadata*' | sort)
[[ ${#differing[@]} -eq 0 ]] || fail "these files differ between two builds of the same commit: ${differing[*]}"
expected=$(cd "$repository" && find . -type f ! -name '*.md5' ! -name '*.sha1' ! -name '*.asc' ! -name '*-javadoc.jar' | wc -l)
[[ $same -eq $expected ]] || fail "the second build has $same files, the first $expected"
echo "$same files are identical"
rm -rf "$second" "$second.m2"

step "Building a project that gets Atlex only from the folder, with versions from the BOM"
consumer=$work/consumer
cp -r "$first/verification/consumers/release" "$consumer"
"$root/scripts/link-repository.sh" "$consumer.m2"
maven "$consumer" test "-Datlex.repository=file:$repository" "-Datlex.version=$version" > "$work/output"
grep -q 'Done: release' "$work/output" || { cat "$work/output"; fail "the project did not finish"; }
echo "It compiled, and its test ran on a LocalPds"
# Resolves all artifacts at once, which no real project does.
mkdir "$consumer/everything"
sed '/^  <dependencies>/,$d' "$consumer/pom.xml" > "$consumer/everything/pom.xml"
{
  echo '<dependencies>'
  for artifact in $(artifacts "$first" | grep -vE '^atlex-(bom|maven-plugin)$'); do
    echo "<dependency><groupId>dev.atlex</groupId><artifactId>$artifact</artifactId></dependency>"
  done
  echo '</dependencies></project>'
} >> "$consumer/everything/pom.xml"
maven "$consumer" -f everything dependency:resolve "-Datlex.repository=file:$repository" "-Datlex.version=$version"
echo "All other artifacts can be resolved in the same way"

step "Comparing the API with $baseline"
previous=$work/baseline/atlex
mkdir -p "$(dirname "$previous")"
checkout "$baseline" "$previous"
removed=$(comm -23 <(artifacts "$previous" | sort) <(artifacts "$first" | sort))

# Prints the modules of the baseline whose API may have changed: those with changed sources, and if the generator or its
# input changed, those with generated types. Programs have no API.
changed_apis() {
  local module sources
  published "$previous" | grep -vE '^bom$|/atlex-cli$|/atlex-maven-plugin$' | while read -r module; do
    sources=("$module/src/main/java")
    [[ $module != lexicons/* ]] || sources+=("$module/pom.xml" lexicons/documents lexicons/prose codegen/atlex-codegen/src/main core/atlex-schema/src/main)
    git -C "$root" diff --quiet "$baseline" "$commit" -- "${sources[@]}" || echo "$module"
  done
}

# Prints the jars of the changed modules in a checkout.
changed_jars() {
  local module
  while read -r module; do
    find "$1/$module/target" -maxdepth 1 -name 'atlex-*.jar' ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -name '*-tests.jar' 2> /dev/null
  done <<< "$changed" | paste -sd ';' -
}

changed=$(changed_apis)
if [[ -z "$changed" ]]; then
  echo "No source of an API has changed"
  echo '<japicmp/>' > "$work/japicmp.xml"
else
  echo "Changed: $(joined <<< "$changed")"
  maven "$previous" -T 1C package -Dmaven.test.skip -am -pl "$(joined <<< "$changed")"
  maven "$first" dependency:copy -Dartifact=com.github.siom79.japicmp:japicmp:0.26.1:jar:jar-with-dependencies "-DoutputDirectory=$work/tools" --non-recursive
  java -jar "$work"/tools/japicmp-*.jar -a protected --only-modified --ignore-missing-classes --exclude '*.internal;*.internal.*' \
    --old "$(changed_jars "$previous")" --new "$(changed_jars "$first")" --xml-file "$work/japicmp.xml" > "$work/output" ||
    { tail -n 20 "$work/output"; fail "japicmp failed"; }
fi
# shellcheck disable=SC2086
python3 "$root/scripts/release/breaks.py" "$work/japicmp.xml" "$first/CHANGELOG.md" "$(changed_jars "$first")" $removed ||
  fail "announce these changes in CHANGELOG.md as *Breaking*, or undo them"

if [[ -n "$output" ]]; then
  step "Packing the bundle"
  bundle=$output/atlex-$version-bundle.zip
  rm -f "$bundle"
  (cd "$repository" && python3 -m zipfile -c "$bundle" dev)
  echo "$bundle"
fi

files=$(find "$repository" -type f | wc -l)
printf '\n'
echo "Release rehearsal of atlex $version ($commit) passed: ${#modules[@]} modules, $files files, $SECONDS s"
