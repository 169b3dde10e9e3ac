"""Checks a repository folder that contains the artifacts of a release, as Maven Central and users will see them.

    artifacts.py REPOSITORY VERSION MODULE…

MODULE is the folder of a published module in this checkout. Prints each problem, and exits with status 1 if there is one.
Signatures are verified with the keys in $GNUPGHOME.
"""

import hashlib
import json
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from pathlib import Path

POM = "{http://maven.apache.org/POM/4.0.0}"
JAVA_17 = 61
LICENSES = ["META-INF/LICENSE", "META-INF/LICENSE-APACHE", "META-INF/LICENSE-MIT"]
PROGRAMS = {"atlex-cli": "dev.atlex.cli.Main"}

problems = []


def check(condition, problem):
    if not condition:
        problems.append(problem)


def text(element, path):
    found = element.find("/".join(POM + name for name in path.split("/")))
    return (found.text or "").strip() if found is not None else ""


def children(element, path):
    return element.findall("/".join(POM + name for name in path.split("/")))


def expected_files(artifact, packaging, version):
    kinds = [".pom"]
    if packaging != "pom":
        kinds += [".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json"]
    if artifact in PROGRAMS:
        kinds.append("-all.jar")
    return [f"{artifact}-{version}{kind}" for kind in kinds]


def check_files(folder, expected):
    found = {file.name for file in folder.iterdir()}
    for name in expected:
        for kind in ["", ".asc", ".md5", ".sha1"]:
            check(name + kind in found, f"{name}{kind} is missing")
    known = {name + kind for name in expected for kind in ["", ".asc", ".md5", ".sha1", ".asc.md5", ".asc.sha1"]}
    for name in sorted(found - known):
        problems.append(f"{name} must not be published")
    for file in folder.iterdir():
        if file.suffix in (".md5", ".sha1"):
            digest = hashlib.new(file.suffix[1:], file.with_suffix("").read_bytes()).hexdigest()
            check(file.read_text().strip() == digest, f"{file.name} isn't the checksum of its file")
        elif file.suffix == ".asc":
            verified = subprocess.run(
                ["gpg", "--batch", "--verify", file, file.with_suffix("")], capture_output=True, check=False)
            check(verified.returncode == 0, f"{file.name} isn't a valid signature: {verified.stderr.decode()}")


def check_pom(file, artifact, packaging, version, artifacts):
    name = file.name
    raw = file.read_text()
    project = ElementTree.fromstring(raw)
    for path, value in {
        "groupId": "dev.atlex", "artifactId": artifact, "version": version}.items():
        check(text(project, path) == value, f"{name}: expected {value} as {path} (got \"{text(project, path)}\")")
    check((text(project, "packaging") or "jar") == packaging, f"{name}: expected {packaging} as packaging")
    for path in ["name", "description", "url", "scm/url", "scm/connection", "scm/developerConnection"]:
        check(text(project, path), f"{name} has no {path}")
    for list_, item in [("licenses", "license"), ("developers", "developer")]:
        entries = children(project, f"{list_}/{item}")
        check(entries, f"{name} has no {list_}")
        for entry in entries:
            check(text(entry, "name") and text(entry, "url"), f"{name}: each {item} needs a name and a URL")
    for path in ["parent", "build", "profiles", "repositories", "pluginRepositories", "distributionManagement", "properties"]:
        check(not children(project, path), f"{name} has a {path} element, which concerns only our own build")
    check("-SNAPSHOT" not in raw, f"{name} names a snapshot")
    # A BOM may refer to its own version, and to nothing else.
    placeholders = set(re.findall(r"\$\{[^}]*}", raw)) - ({"${project.version}"} if packaging == "pom" else set())
    check(not placeholders, f"{name} has unresolved {placeholders}")
    for dependency in children(project, "dependencies/dependency"):
        id_ = text(dependency, "artifactId")
        check(text(dependency, "version"), f"{name}: {id_} has no version")
        check(text(dependency, "scope") in ("", "compile", "runtime", "provided"), f"{name}: {id_} has the wrong scope")
        check(text(dependency, "groupId") != "dev.atlex" or id_ in artifacts, f"{name}: {id_} isn't published")
    if packaging == "pom":
        managed = {text(one, "artifactId") for one in children(project, "dependencyManagement/dependencies/dependency")}
        check(managed == artifacts - {artifact}, f"{name}: expected all artifacts of the release (differs: {managed ^ (artifacts - {artifact})})")
    else:
        check(not children(project, "dependencyManagement"), f"{name} has dependencyManagement")
    return project


def manifest(jar):
    lines = jar.read("META-INF/MANIFEST.MF").decode().replace("\r\n", "\n").replace("\n ", "").split("\n")
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def class_versions(jar):
    """Returns the class file version of each class, except in META-INF/versions."""
    versions = {}
    for name in jar.namelist():
        if name.endswith(".class") and not name.startswith("META-INF/versions/"):
            with jar.open(name) as file:
                versions[name] = struct.unpack(">IHH", file.read(8))[2]
    return versions


def check_licenses(jar, name):
    for license_ in LICENSES:
        check(license_ in jar.namelist(), f"{name} has no {license_}")


def check_jar(file, version, expected_module):
    name = file.name
    with zipfile.ZipFile(file) as jar:
        check_licenses(jar, name)
        entries = manifest(jar)
        check(entries.get("Implementation-Version") == version,
              f"{name}: expected the Implementation-Version {version} (got {entries.get('Implementation-Version')})")
        check(entries.get("Implementation-Title"), f"{name} has no Implementation-Title")
        versions = class_versions(jar)
        check(set(versions.values()) <= {JAVA_17}, f"{name}: expected classes of Java 17 only (got {set(versions.values())})")
        automatic = entries.get("Automatic-Module-Name", "")
        described = "module-info.class" in versions
        check(described != bool(automatic), f"{name}: expected either a module-info or an Automatic-Module-Name")
        if described:
            found = subprocess.run(["jar", "--describe-module", "--file", file], capture_output=True, check=True)
            automatic = found.stdout.decode().split()[0].split("@")[0]
        check(automatic == expected_module, f"{name}: expected the module {expected_module} (got {automatic})")
        return set(versions)


def check_sources(file, classes):
    with zipfile.ZipFile(file) as jar:
        check_licenses(jar, file.name)
        names = set(jar.namelist())
        missing = sorted(one for one in classes if "$" not in one and one[:-len("class")] + "java" not in names)
        check(not missing, f"{file.name} lacks the sources of {missing}")
        hidden = sorted(name for name in names if name.rpartition("/")[2].startswith("."))
        check(not hidden, f"{file.name} contains hidden files: {hidden}")


def check_javadoc(file):
    with zipfile.ZipFile(file) as jar:
        check_licenses(jar, file.name)
        check("index.html" in jar.namelist(), f"{file.name} has no index.html")


def check_sbom(file, artifact, version, pom):
    """Returns the groupId:artifactId of each third-party component."""
    sbom = json.loads(file.read_text())
    component = sbom["metadata"]["component"]
    check(sbom["bomFormat"] == "CycloneDX", f"{file.name} isn't a CycloneDX SBOM")
    check((component["name"], component["version"]) == (artifact, version), f"{file.name} describes {component['purl']}")
    components = {f"{one['group']}:{one['name']}" for one in sbom.get("components", [])}
    for dependency in children(pom, "dependencies/dependency"):
        id_ = f"{text(dependency, 'groupId')}:{text(dependency, 'artifactId')}"
        if text(dependency, "scope") != "provided" and text(dependency, "optional") != "true":
            check(id_ in components, f"{file.name} lacks {id_}")
    return {one for one in components if not one.startswith("dev.atlex:")}


def check_program(file, version, main, third_party):
    name = file.name
    with zipfile.ZipFile(file) as jar:
        check_licenses(jar, name)
        entries = manifest(jar)
        check(entries.get("Main-Class") == main, f"{name}: expected {main} as the main class")
        check(entries.get("Implementation-Version") == version, f"{name}: expected the Implementation-Version {version}")
        check(max(class_versions(jar).values()) == JAVA_17, f"{name} has classes of a Java version above 17")
        notices = jar.read("META-INF/THIRD-PARTY").decode() if "META-INF/THIRD-PARTY" in jar.namelist() else ""
        named = set(re.findall(r"^([\w.-]+:[\w.-]+)$", notices, re.MULTILINE))
        check(named == third_party, f"{name}: META-INF/THIRD-PARTY differs from the jar's content: {named ^ third_party}")
    ran = subprocess.run(["java", "-jar", file, "--version"], capture_output=True, check=False)
    check(ran.stdout.decode().strip() == f"atlex {version}", f"{name} --version printed {ran.stdout} {ran.stderr}")


def module_name(folder, artifact):
    """Returns the name that the module must have according to its sources."""
    info = folder / "src/main/java/module-info.java"
    if info.exists():
        return re.search(r"^\s*(?:open )?module ([\w.]+)", info.read_text(), re.MULTILINE).group(1)
    declared = re.search(r"<Automatic-Module-Name>([^<]*)<", (folder / "pom.xml").read_text())
    return declared.group(1) if declared else "dev." + artifact.replace("-", ".")


def main(repository, version, modules):
    poms = {Path(module): ElementTree.parse(Path(module) / "pom.xml").getroot() for module in modules}
    artifacts = {text(pom, "artifactId") for pom in poms.values()}
    home = Path(repository) / "dev/atlex"
    for folder in sorted({folder.name for folder in home.iterdir()} - artifacts):
        problems.append(f"{folder} must not be published")
    files = 0
    for module, source in poms.items():
        artifact = text(source, "artifactId")
        packaging = text(source, "packaging") or "jar"
        folder = home / artifact / version
        if not folder.is_dir():
            problems.append(f"{artifact} {version} is missing")
            continue
        expected = expected_files(artifact, packaging, version)
        check_files(folder, expected)
        missing = [name for name in expected if not (folder / name).exists()]
        if missing:
            continue
        files += len(expected)
        base = f"{artifact}-{version}"
        pom = check_pom(folder / f"{base}.pom", artifact, packaging, version, artifacts)
        if packaging == "pom":
            continue
        classes = check_jar(folder / f"{base}.jar", version, module_name(module, artifact))
        check_sources(folder / f"{base}-sources.jar", classes)
        check_javadoc(folder / f"{base}-javadoc.jar")
        third_party = check_sbom(folder / f"{base}-cyclonedx.json", artifact, version, pom)
        if artifact in PROGRAMS:
            check_program(folder / f"{base}-all.jar", version, PROGRAMS[artifact], third_party)
    for problem in problems:
        print(f"  {problem}", file=sys.stderr)
    print(f"{len(artifacts)} modules with {files} files, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], sys.argv[3:]))
