#!/bin/bash
# Packages the CLI with its own Java, as cli/atlex-cli/target/package/atlex_VERSION_ARCH.deb and atlex-VERSION-linux-ARCH.zip.
#   scripts/package-cli.sh            after mvn package -pl cli/atlex-cli -am
# Needs JDK 25 (ATLEX_PACKAGE_JDK, else JAVA_HOME, else /usr/lib/jvm), zip, unzip and dpkg-deb. Takes about a minute.
#
# A package contains the jar, a runtime with the modules it needs, and an AOT cache of the classes that the usual commands load.
# The script creates the cache by running these commands once against a test server. atlex itself never writes to it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() { echo "package-cli.sh: $*" >&2; exit 1; }
step() { echo "package-cli.sh: $*" >&2; }

find_jdk() {
  local home
  for home in "${ATLEX_PACKAGE_JDK:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if [[ -x "$home/bin/jpackage" && "$("$home/bin/javac" -version 2>&1)" == "javac 25"* ]]; then
      echo "$home"
      return
    fi
  done
  fail "no JDK 25 with jpackage found; set ATLEX_PACKAGE_JDK"
}

module=$PWD/cli/atlex-cli
target=$module/target
jar=$target/atlex.jar
[[ -f "$jar" && -d "$target/man" ]] || fail "no $jar; run mvn package -DskipTests -pl cli/atlex-cli -am first"
for tool in zip unzip dpkg-deb gzip; do
  command -v "$tool" > /dev/null || fail "$tool is not installed"
done
jdk=$(find_jdk)
version=$(sed -n 's:^  *<version>\(.*\)</version>.*:\1:p' "$module/pom.xml" | head -n 1)
# Debian sorts 0.1.0~SNAPSHOT before 0.1.0.
debian_version=${version/-SNAPSHOT/'~SNAPSHOT'}
architecture=$(dpkg --print-architecture)
out=$target/package
rm -rf "$out"
mkdir -p "$out/input" "$out/classes"

# Use the serial collector, only the C1 compiler, and a ten times higher compilation threshold: a command runs for less than a
# second, and compiling took a fifth of its processor time. Native reflection avoids generated classes. The cache has no
# profiles for the compiler, so the thread that would use them isn't started. A cache that doesn't match is silently ignored.
options=(-Xlog:disable -Xlog:all=warning:stderr '-Xlog:aot*=off:stderr' '-Xlog:cds*=off:stderr' -XX:-UsePerfData
  -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=10 -Djdk.reflect.useNativeAccessorOnly=true
  -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining)

step "creating the jar, with class files that an AOT cache can hold"
"$jdk/bin/javac" --release 17 -cp "$jar" -d "$out/classes" "$module/src/package/dev/atlex/cli/Training.java"
"$jdk/bin/java" "$module/src/package/UpgradeClasses.java" "$jar" "$out/input/atlex.jar" "$out/classes"
# The cache is valid only for a jar of the same size and time. A zip file preserves a time with even seconds.
touch -d '2020-01-01T00:00:00Z' "$out/input/atlex.jar"

step "creating the runtime"
# jdk.naming.dns finds DNS servers; jdk.zipfs reads the bundled documents for build.
modules=$("$jdk/bin/jdeps" --ignore-missing-deps --multi-release 17 --print-module-deps "$jar"),jdk.naming.dns,jdk.zipfs
"$jdk/bin/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress zip-6 \
  --output "$out/runtime"

step "creating the application image"
"$jdk/bin/jpackage" --type app-image --name atlex --app-version "${version%-SNAPSHOT}" --vendor Atlex \
  --runtime-image "$out/runtime" --input "$out/input" --main-jar atlex.jar --main-class dev.atlex.cli.Main \
  --dest "$out/image"
image=$out/image/atlex
# jpackage's launcher asks the package manager for its folder at each start, which is slow. A script takes a millisecond.
rm -f "$image/bin/atlex" "$image/lib/libapplauncher.so" "$image/lib/app/atlex.cfg" "$image/lib/atlex.png"
sed "s|@OPTIONS@|${options[*]}|" "$module/src/package/atlex" > "$image/bin/atlex"
chmod 755 "$image/bin/atlex"
touch -d '2020-01-01T00:00:00Z' "$image/lib/app/atlex.jar"

step "creating the AOT cache"
java=$image/lib/runtime/bin/java
"$java" -jar "$jar" pds --account alice.test:secret > "$out/pds.json" &
pds=$!
trap 'kill "$pds"' EXIT
for ((i = 0; i < 60; i++)); do
  [[ ! -s "$out/pds.json" ]] || break
  sleep 1
done
url=$(sed 's/.*"url":"\([^"]*\)".*/\1/' "$out/pds.json")
[[ -n "$url" ]] || fail "the test server isn't ready after a minute"
# Leave out the compiler's profiles, because reading them would only take time.
ATLEX_STORE=$out/store ATLEX_PASSWORD=secret "$java" "${options[@]}" -XX:-AOTRecordTraining \
  -XX:AOTCacheOutput="$image/lib/app/atlex.aot" -cp "$image/lib/app/atlex.jar" dev.atlex.cli.Training "$url" \
  > "$out/training.log" 2>&1 ||
  fail "failed to run the commands for the AOT cache: $(tail -n 5 "$out/training.log")"
kill "$pds"
trap - EXIT
[[ -s "$image/lib/app/atlex.aot" ]] || fail "no AOT cache was created: $(tail -n 5 "$out/training.log")"

step "adding manual pages, completion scripts and licenses"
mkdir -p "$image/share/man/man1" "$image/share/completion" "$image/share/doc/atlex"
cp "$target"/man/*.1 "$image/share/man/man1"
gzip -9n "$image"/share/man/man1/*.1
for shell in bash zsh fish; do
  "$image/bin/atlex" completion "$shell" > "$image/share/completion/atlex.$shell"
done
licenses=$out/licenses
unzip -qj "$jar" META-INF/THIRD-PARTY META-INF/LICENSE-UNICODE -d "$licenses"
cp LICENSE LICENSE-MIT LICENSE-APACHE CHANGELOG.md "$licenses"/* "$image/share/doc/atlex"
cat >> "$image/share/doc/atlex/THIRD-PARTY" <<EOF

OpenJDK, in lib/runtime
  Copyright Oracle and/or its affiliates, and the other OpenJDK contributors
  GNU General Public License, version 2, with the Classpath exception. lib/runtime/legal contains it, and the licenses of
  the third-party software in each module.
EOF

step "creating the zip"
zip_name=atlex-$version-linux-$architecture.zip
(cd "$out/image" && zip -qry "$out/$zip_name" atlex)

step "creating the Debian package"
root=$out/deb
install -d "$root/DEBIAN" "$root/usr/lib" "$root/usr/bin" "$root/usr/share/man" \
  "$root/usr/share/bash-completion/completions" "$root/usr/share/zsh/vendor-completions" \
  "$root/usr/share/fish/vendor_completions.d" "$root/usr/share/doc/atlex"
cp -a "$image" "$root/usr/lib/atlex"
rm -rf "$root/usr/lib/atlex/share"
ln -s ../lib/atlex/bin/atlex "$root/usr/bin/atlex"
cp -a "$image/share/man/man1" "$root/usr/share/man"
cp "$image/share/completion/atlex.bash" "$root/usr/share/bash-completion/completions/atlex"
cp "$image/share/completion/atlex.zsh" "$root/usr/share/zsh/vendor-completions/_atlex"
cp "$image/share/completion/atlex.fish" "$root/usr/share/fish/vendor_completions.d/atlex.fish"
# In Debian's format, each line of a license is indented, and a dot stands for an empty one.
paragraph() { sed '1,/^$/d' "$1" | sed 's/^$/./; s/^/ /'; }
while IFS= read -r line; do
  case $line in
    @MIT@) paragraph LICENSE-MIT ;;
    @UNICODE@) paragraph "$licenses/LICENSE-UNICODE" ;;
    *) printf '%s\n' "$line" ;;
  esac
done < "$module/src/package/copyright" > "$root/usr/share/doc/atlex/copyright"
cat > "$root/DEBIAN/control" <<EOF
Package: atlex
Version: $debian_version
Architecture: $architecture
Maintainer: The Atlex authors <authors@atlex.invalid>
Installed-Size: $(du -sk "$root/usr" | cut -f 1)
Depends: libc6
Section: net
Priority: optional
Description: command-line client for the AT Protocol
 Sign in, post, call any method, check data and generate Java sources from a
 shell. Has its own Java runtime.
EOF
dpkg-deb --root-owner-group -Zxz -z2 --build "$root" "$out/atlex_${debian_version}_$architecture.deb" > /dev/null
ls -l "$out"/*.deb "$out"/*.zip >&2
