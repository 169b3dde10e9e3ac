#!/bin/bash
# Runs the long forms of the endurance tests.
#
#   verification/endurance/run.sh kills        1,000 killed processes each, on files and on PostgreSQL
#   verification/endurance/run.sh expiries     10,000 expiries each, on files and on PostgreSQL
#   verification/endurance/run.sh faults       200,000 calls, a fifth of them over faulty connections
#   verification/endurance/run.sh accounts     100,000 accounts each, on files and on PostgreSQL
#   verification/endurance/run.sh mentions     200 kills of a bot that replies to 500 mentions
#   verification/endurance/run.sh oauth-expiries    2,000 expiries each of OAuth sessions, on files and on PostgreSQL
#   verification/endurance/run.sh oauth-reference   300 expiries on the reference PDS, which install.sh has to install
#   verification/endurance/run.sh oauth-kills       500 killed OAuth refreshes each, on files and on PostgreSQL
#   verification/endurance/run.sh streams      10,000 cut connections, 500 kills of consumers on each kind of store, a slow handler
#   verification/endurance/run.sh all          all of them but oauth-reference, one after the other
#
# Further arguments go to Maven: -Datlex.endurance.seed=7 sets the seed, -o works offline. Build and install the modules
# first, with `mvn -q install -DskipTests`. The last lines show the seed and the figures. The exit status is 0 if all tests
# passed. README.md lists the properties and how long each part takes.
set -euo pipefail

usage() {
  sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"
  exit "$1"
}

case "${1:-}" in
  kills) tests=KillTest ;;
  expiries) tests=ExpiryTest ;;
  faults) tests=FaultyNetworkTest ;;
  accounts) tests=ManyAccountsTest ;;
  mentions) tests=MentionKillTest ;;
  oauth-expiries) tests=OAuthExpiryTest#expiry_causes* ;;
  oauth-reference)
    tests=OAuthExpiryTest#expiry_onReference*
    set -- "$@" -Datlex.endurance.reference=true
    ;;
  oauth-kills) tests=OAuthKillTest ;;
  streams) tests=StreamEnduranceTest,SharedCursorTest,StreamBackfillTest ;;
  all) tests=StreamEnduranceTest,SharedCursorTest,StreamBackfillTest,KillTest,ExpiryTest,FaultyNetworkTest,ManyAccountsTest,MentionKillTest,OAuthExpiryTest,OAuthKillTest ;;
  -h | --help) usage 0 ;;
  *) usage 2 >&2 ;;
esac
shift

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
mvn -B -ntp -q test -pl verification/endurance "-Dtest=$tests" -Datlex.endurance.long=true "$@" 2>&1 | tee "$log" || status=$?

echo
echo "endurance: $tests $([[ $status == 0 ]] && echo passed || echo FAILED) in $SECONDS s on $(getconf _NPROCESSORS_ONLN) cores, commit $(git rev-parse --short HEAD)"
grep -o 'endurance (seed.*' "$log" | grep -v ' so far, ' || true
exit "$status"
