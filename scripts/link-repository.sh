#!/bin/bash
# Creates a local Maven repository that links to the usual one for everything except Atlex: scripts/link-repository.sh FOLDER
# A build with -Dmaven.repo.local=FOLDER sees only the Atlex that it installs or downloads itself, and leaves no Atlex behind.
# ATLEX_MAVEN_REPOSITORY names the usual repository if it isn't ~/.m2/repository.
set -euo pipefail
target=${1:?"usage: scripts/link-repository.sh FOLDER"}
usual=${ATLEX_MAVEN_REPOSITORY:-$HOME/.m2/repository}

mkdir -p "$usual" "$target/dev"
find "$usual" -mindepth 1 -maxdepth 1 ! -name dev -exec ln -s -t "$target" {} +
if [[ -d "$usual/dev" ]]; then
  find "$usual/dev" -mindepth 1 -maxdepth 1 ! -name atlex -exec ln -s -t "$target/dev" {} +
fi
