#!/bin/bash
# Prints the home of a JDK (not a JRE) of a version: scripts/find-jdk.sh VERSION
# The JDK in use if it has that version, else one from the usual folders. Ends with status 1 if there is none.
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
