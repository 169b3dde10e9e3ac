#!/bin/bash
# Sets the version of Atlex: scripts/set-version.sh VERSION
# Always changes the POMs, the Gradle example and site/versions.json. Changes README.md and the docs only for a release,
# because users copy versions from there.
# For a release, also sets the timestamp of all files in the jars to the time of the last commit.
set -euo pipefail
version=${1:?"usage: scripts/set-version.sh VERSION"}
[[ "$version" =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[A-Za-z0-9.]+)?$ ]] || { echo "set-version: invalid version (got \"$version\")" >&2; exit 2; }
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export version
git ls-files -z '*pom.xml' | xargs -0 perl -0pi -e '
  s{(<artifactId>atlex</artifactId>\s*<version>)[^<]*}{$1$ENV{version}};
  s{(<atlex\.version>)[^<]*}{$1$ENV{version}};'
git ls-files -z '*build.gradle.kts' | xargs -0 perl -pi -e 's{^(val atlexVersion = ")[^"]*}{$1$ENV{version}}'

# The newest version comes first. A snapshot is listed only while it is the newest version.
perl -0pi -e '
  my @others = grep { $_ ne $ENV{version} && !/-SNAPSHOT$/ } /"([^"]*)"/g;
  $_ = "[" . join(", ", map { "\"$_\"" } $ENV{version}, @others) . "]\n";' site/versions.json

if [[ "$version" != *-SNAPSHOT ]]; then
  timestamp=$(TZ=UTC git log -1 --date=format-local:%Y-%m-%dT%H:%M:%SZ --format=%cd)
  export timestamp
  perl -pi -e 's{(<project\.build\.outputTimestamp>)[^<]*}{$1$ENV{timestamp}}' pom.xml
  git ls-files -z README.md 'docs/*.md' | xargs -0 perl -0pi -e '
    s{(<groupId>dev\.atlex</groupId>\s*<artifactId>[a-z0-9-]+</artifactId>\s*(?:<!--.*?-->\s*)?<version>)[0-9][^<]*}{$1$ENV{version}}g;
    s{(\bdev\.atlex:[a-z0-9-]+:)[0-9][A-Za-z0-9.-]*}{$1$ENV{version}}g;'
fi
