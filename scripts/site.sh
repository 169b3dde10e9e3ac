#!/bin/bash
# Builds the documentation as a site in target/site and checks its links: scripts/site.sh [--root PATH] [--keep-api] [--serve]
#   --root PATH   path on the host that will hold the folders of all versions (default: /)
#   --keep-api    keep the API reference of the last run, which takes most of the time
#   --serve       serve the site on this machine afterward
# target/site/VERSION is the site for this version. To publish it, copy target/site over the folder on the host. The sites
# for older versions stay there, and find the new version in versions.json.
# Needs everything that `mvn verify` needs, JDK 25 (its Javadoc adapts to phones), and Node 20 or later.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() { echo "site: $*" >&2; exit 1; }

root=/ keep_api='' serve=''
while [[ $# -gt 0 ]]; do
  case "$1" in
    --root) root="/${2:?"site: --root needs a path"}/"; root=$(tr -s / <<< "$root"); shift ;;
    --keep-api) keep_api=1 ;;
    --serve) serve=1 ;;
    *) fail "unknown option \"$1\" (--root, --keep-api, --serve)" ;;
  esac
  shift
done

site=$PWD/site
version=$(perl -0ne 'print $1 if m{<artifactId>atlex</artifactId>\s*<version>([^<]*)}' pom.xml)
output=target/site/$version
api=target/reports/apidocs
export ATLEX_SITE_ROOT=$root ATLEX_SITE_API=$PWD/$api

if [[ -z "$keep_api" || ! -e "$api/index.html" ]]; then
  jdk=$(scripts/find-jdk.sh 25) || fail "no JDK 25 found: install one, or point JAVA_HOME at it"
  rm -rf "$(dirname "$api")"
  # Unpublished modules and the CLI have no API.
  published=$(perl -ne 'print "$1," if m{<module>((?!verification/|examples|cli/)[^<]*)</module>}' pom.xml)
  mvn -B -ntp -q -Psite -Dmaven.test.skip package javadoc:aggregate -pl ".,${published%,}" "-DjavadocExecutable=$jdk/bin/javadoc"
  for module in $(git grep -hoE '^module dev[.]atlex[a-z0-9.]*' -- '*/src/main/java/module-info.java' | cut -d ' ' -f 2); do
    [[ -d "$api/$module" ]] || fail "the API reference lacks the module $module"
  done
fi

(
  cd site
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  npx --no-install vitepress build .
)
cp -R "$api" "$output/api"
node site/check.mjs "$output" "$root$version/"
echo "site: built $output, to be served below $root"
if [[ -n "$serve" ]]; then
  (cd site && npx --no-install vitepress serve . --base "$root$version/")
fi
