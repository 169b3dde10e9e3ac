#!/bin/bash
# Tests the .deb and zip from scripts/package-cli.sh: checks their licenses, and runs pds, login, whoami, call and post on a
# system without Java.
#   scripts/check-package.sh          uses a new Debian if run as root with debootstrap installed, otherwise a folder
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() { echo "check-package.sh: $*" >&2; exit 1; }

packages=(cli/atlex-cli/target/package/atlex_*.deb)
[[ -f "${packages[0]}" ]] || fail "no package; run scripts/package-cli.sh first"
zips=(cli/atlex-cli/target/package/atlex-*.zip)
work=$(mktemp -d)
cleanup() {
  ! mountpoint -q "$work/root/proc" || umount "$work/root/proc"
  rm -rf --one-file-system "$work"
}
trap cleanup EXIT

# check_licenses FOLDER FILE: the file names all third-party software of the jar, and each module of the runtime has its license.
check_licenses() {
  local id module
  while read -r id; do
    grep -qF "$id" "$2" || fail "$2 doesn't name $id"
  done < <(unzip -p "$1/lib/app/atlex.jar" META-INF/THIRD-PARTY | grep -E '^[a-z.]+:[a-z]+$'; echo OpenJDK; echo Unicode)
  while read -r module; do
    [[ -s "$1/lib/runtime/legal/$module/LICENSE" ]] || fail "$1 has no license for the module $module"
  done < <(sed -n 's/^MODULES="\(.*\)"$/\1/p' "$1/lib/runtime/release" | tr ' ' '\n')
}

# check_copyright FILE: the file has Debian's format, and includes the text of each license that it names.
check_copyright() {
  local name
  [[ $(head -n 1 "$1") == "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/" ]] || fail "$1 doesn't begin with the Format line"
  ! grep -q '^@' "$1" || fail "$1 has a placeholder"
  while read -r name; do
    awk -v name="License: $name" '$0 == name { getline; found = found || /^ ./ } END { exit !found }' "$1" ||
      fail "$1 lacks the text of the license $name"
  done < <(sed -n 's/^License: //p' "$1" | sed 's/ or /\n/' | sort -u)
}

dpkg -x "${packages[0]}" "$work/deb"
check_licenses "$work/deb/usr/lib/atlex" "$work/deb/usr/share/doc/atlex/copyright"
check_copyright "$work/deb/usr/share/doc/atlex/copyright"
unzip -q "${zips[0]}" -d "$work/zip"
check_licenses "$work/zip/atlex" "$work/zip/atlex/share/doc/atlex/THIRD-PARTY"
for name in LICENSE LICENSE-MIT LICENSE-APACHE LICENSE-UNICODE; do
  [[ -s "$work/zip/atlex/share/doc/atlex/$name" ]] || fail "the zip has no $name"
done

cat > "$work/try.sh" <<'EOF'
set -eu
atlex=$1
work=$2
! command -v java || { echo "this system has Java"; exit 1; }
mkdir -p "$work/home"
export HOME="$work/home" ATLEX_PASSWORD=secret
"$atlex" pds --account alice.test:secret > "$work/pds.json" &
pds=$!
trap 'kill "$pds"' EXIT
i=0
until [ -s "$work/pds.json" ]; do
  i=$((i + 1))
  [ "$i" -lt 60 ] || { echo "the test server isn't ready after a minute"; exit 1; }
  sleep 1
done
url=$(sed 's/.*"url":"\([^"]*\)".*/\1/' "$work/pds.json")
"$atlex" login --service "$url" alice.test
"$atlex" whoami
"$atlex" call app.bsky.actor.getProfile actor=alice.test
"$atlex" post "Hello from a package"
"$atlex" timeline | grep -q "Hello from a package" || { echo "the post isn't in the timeline"; exit 1; }
written=$(find "$work/home" -type f -not -path '*/.config/atlex/*')
[ -z "$written" ] || { echo "files outside the store: $written"; exit 1; }
EOF

if [[ $EUID -eq 0 ]] && command -v debootstrap > /dev/null; then
  debootstrap --variant=minbase stable "$work/root" > "$work/debootstrap.log" || fail "debootstrap failed: $(tail -n 3 "$work/debootstrap.log")"
  cp "${packages[0]}" "$work/root/tmp/atlex.deb"
  cp "$work/try.sh" "$work/root/tmp/try.sh"
  chroot "$work/root" dpkg -i /tmp/atlex.deb > "$work/dpkg.log" || fail "dpkg failed: $(tail -n 3 "$work/dpkg.log")"
  # Java needs /proc to find its libraries.
  mountpoint -q "$work/root/proc" || mount -t proc proc "$work/root/proc"
  chroot "$work/root" /usr/bin/env -i PATH=/usr/bin:/bin sh /tmp/try.sh /usr/bin/atlex /tmp/try
else
  mkdir "$work/bin"
  for tool in sh sed find mkdir sleep grep readlink kill; do
    ln -s "$(command -v "$tool")" "$work/bin/$tool"
  done
  env -i PATH="$work/bin" sh "$work/try.sh" "$work/deb/usr/bin/atlex" "$work/try"
fi
echo "check-package.sh: the package works" >&2
