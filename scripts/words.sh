#!/bin/bash
# Prints each phrase that scripts/words.txt rules out, as `file:line: phrase  (in: the line)`. Exits with status 1 if there
# is one that scripts/words-allowed.txt doesn't allow.
#   scripts/words.sh [--count] [PATH…]     checks all files, or those at or below the paths
#   --count                                 prints how often each expression matches, most frequent first
set -euo pipefail
exec python3 "$(dirname "${BASH_SOURCE[0]}")/words.py" "$@"
