#!/bin/bash
# Prints the home of a JDK (not a JRE) with the given version: scripts/find-jdk.sh VERSION
# Prefers the JDK in use, then looks in the usual folders. Exits with status 1 if there is none.
set -euo pipefail
version=${1:?"usage: scripts/find-jdk.sh VERSION"}
java=$(readlink -f "$(command -v java || true)" 2> /dev/null || true)
for home in "${JAVA_HOME:-}" "${java%/bin/java}" \
  /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
  if [[ -n "$home" && -x "$home/bin/javac" && "$("$home/bin/javac" -version 2>&1)" == "javac $version"* ]]; then
    echo "$home"
    exit
  fi
done
exit 1
