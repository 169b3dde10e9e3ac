#!/bin/bash
# Prints each wording that scripts/words.txt rules out, as `file:line: words  (in: the line)`, and ends with
# status 1 if one is not in scripts/words-allowed.txt.
#   scripts/words.sh [--count] [PATH…]     all files, or those at or below the paths
#   --count                                 how often each expression matches, most frequent first
set -euo pipefail
exec python3 "$(dirname "${BASH_SOURCE[0]}")/words.py" "$@"
