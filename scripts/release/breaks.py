"""Compares a report of japicmp with CHANGELOG.md: each incompatible change must be announced as *Breaking*.

    breaks.py REPORT.xml CHANGELOG.md JAR;JAR;… [REMOVED-ARTIFACT…]

The jars are the new ones. An item in the newest section that contains *Breaking* announces the classes, packages and artifacts
that it names in backticks. Prints each change that isn't announced, and exits with status 1 if there is one.
"""

import re
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

# Callers compile and run as before. Implementers are covered too: versioning.md allows new default methods.
COMPATIBLE = {"METHOD_NEW_DEFAULT", "METHOD_NEW_STATIC_ADDED_TO_INTERFACE", "METHOD_NON_STATIC_IN_INTERFACE_NOW_STATIC"}
# Changes that concern only classes that extend or implement the type.
ONLY_FOR_SUBTYPES = {"METHOD_ADDED_TO_INTERFACE", "METHOD_ABSTRACT_ADDED_TO_CLASS", "METHOD_ABSTRACT_ADDED_IN_SUPERCLASS",
                     "METHOD_ABSTRACT_ADDED_IN_IMPLEMENTED_INTERFACE"}


def announced_names(changelog):
    """Returns the names in backticks in those items of the newest section that contain *Breaking*."""
    section = re.search(r"^## .*?(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL).group(0)
    items = re.split(r"^(?=[-*|] |#)", section, flags=re.MULTILINE)
    names = set()
    for item in items:
        if "*Breaking*" in item:
            for code in re.findall(r"`([^`]*)`", item):
                name = code.split("(")[0]
                names.add(name)
                # `Outer.Inner.method` announces Inner, and with it the types in Inner.
                names.update(re.findall(r"\b[A-Z]\w*", name)[-1:])
    return names


def sealed_types(jars):
    """Returns the sealed classes and interfaces, which only their own module extends."""
    sealed = set()
    for path in jars:
        with zipfile.ZipFile(path) as jar:
            for name in jar.namelist():
                if name.endswith(".class") and b"PermittedSubclasses" in jar.read(name):
                    sealed.add(name[:-len(".class")].replace("/", "."))
    return sealed


def incompatible_changes(report, sealed):
    """Returns pairs of a class and one of its changes."""
    changes = []
    for class_ in ElementTree.parse(report).getroot().iter("class"):
        name = class_.get("fullyQualifiedName")
        parents = {child: parent for parent in class_.iter() for child in parent}
        for change in class_.iter("compatibilityChange"):
            if change.get("type") in COMPATIBLE:
                continue
            if name in sealed and change.get("type") in ONLY_FOR_SUBTYPES:
                continue
            if change.get("binaryCompatible") == "true" and change.get("sourceCompatible") == "true":
                continue
            element = parents[parents[change]]
            member = element.get("name") or ""
            changes.append((name, f"{change.get('type')} {member}".strip()))
    return sorted(set(changes))


def is_announced(class_, names):
    package, _, types = class_.rpartition(".")
    return bool(names & {class_, package, *types.split("$")})


def main(report, changelog, jars, removed):
    with open(changelog, encoding="utf-8") as file:
        names = announced_names(file.read())
    changes = incompatible_changes(report, sealed_types(jars))
    silent = [f"{class_}: {change}" for class_, change in changes if not is_announced(class_, names)]
    silent += [f"{artifact}: removed" for artifact in removed if artifact not in names]
    for line in silent:
        print(f"  {line}", file=sys.stderr)
    print(f"{len(changes) + len(removed)} incompatible changes, {len(silent)} of them not announced as *Breaking* in the changelog")
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], [path for path in sys.argv[3].split(";") if path], sys.argv[4:]))
