"""Does the work of words.sh: extracts the prose from files, and matches it against words.txt."""

import bisect
import collections
import fnmatch
import os
import re
import subprocess
import sys

SCRIPTS = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(SCRIPTS)
ITSELF = {"scripts/words.txt", "scripts/words-allowed.txt", "scripts/words.py"}
SOURCES = {".java": "java", ".kt": "java", ".kts": "java", ".mjs": "java", ".ts": "java"}
PAGES = {".md", ".html"}
HASH_COMMENTS = {".sh", ".py", ".properties", ".yml", ".yaml"}
# Third-party text, and generated text, whose wording comes from the generator.
EXCLUDED = re.compile(r"(^|/)(lexicons/(documents|prose)|golden|goldens|node_modules|target|vectors|interop)/")

# Comments, text blocks, strings and character literals, in the order in which they must be tried.
JAVA = re.compile(
    r"/\*.*?\*/|//[^\n]*|\"\"\".*?\"\"\"|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`", re.DOTALL)
JAVA_MARGIN = re.compile(r"\n\s*(?:\*(?!/)|//)? ?|\" *\n\s*\+ \"|\s+")
POM = re.compile(r"<!--.*?-->|<(?:description|name)>.*?</(?:description|name)>", re.DOTALL)
HASH = re.compile(r"(?m)(?:(?<=\s)|^)#[^\n]*|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'")
# Code in a page is not prose: fenced blocks keep only their comments, which JAVA finds.
FENCE = re.compile(r"```.*?```", re.DOTALL)


def spans(path, text):
    """Returns the parts of the text that people read, as (start, end)."""
    extension = os.path.splitext(path)[1]
    if extension in SOURCES:
        found = []
        position = 0
        while match := JAVA.search(text, position):
            start, end = match.span()
            # Strings that are joined by + across lines are one text.
            if found and text[start] == '"' and re.fullmatch(r"\s*\+\s*", text[found[-1][1]:start] or "x"):
                found[-1] = (found[-1][0], end)
            # Consecutive one-line comments are one text, too.
            elif found and text.startswith("//", start) and text.startswith("//", found[-1][0]) \
                    and re.fullmatch(r"\n[ \t]*", text[found[-1][1]:start] or "x"):
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
            position = end
        return found
    if extension in PAGES:
        # A paragraph, list item or table row is one part.
        found = []
        for part in re.finditer(r"(?:.+\n?)+", text):
            found.append(part.span())
        return found
    if extension == ".xml":
        return [match.span() for match in POM.finditer(text)] if os.path.basename(path) == "pom.xml" else []
    if extension in HASH_COMMENTS or os.path.basename(path) in ("run", "atlex", "launcher"):
        found = []
        for match in HASH.finditer(text):
            if found and text[match.start()] == "#" and re.fullmatch(r"\n[ \t]*", text[found[-1][1]:match.start()] or "x"):
                found[-1] = (found[-1][0], match.end())
            else:
                found.append(match.span())
        return found
    return []


def prose(text, start, end, margin):
    """Returns the part with each margin and each run of whitespace replaced by one space, and the position of each character."""
    characters, positions = [], []
    position = start
    for match in margin.finditer(text, start, end):
        characters.append(text[position:match.start()])
        positions.extend(range(position, match.start()))
        characters.append(" ")
        positions.append(match.start())
        position = match.end()
    characters.append(text[position:end])
    positions.extend(range(position, end))
    return "".join(characters), positions


def expressions():
    with open(os.path.join(SCRIPTS, "words.txt"), encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file]
    return [re.compile(line, re.IGNORECASE) for line in lines if line and not line.startswith("#")]


def exceptions():
    """Returns the path pattern and text of each exception. A line of the file is `path pattern | text of the line | reason`."""
    result = []
    with open(os.path.join(SCRIPTS, "words-allowed.txt"), encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                path, text, reason = (part.strip() for part in line.rstrip("\n").split(" | ", 2))
                assert reason, "an exception without a reason: " + line
                result.append((path, text))
    return result


def files(paths):
    output = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *paths],
        cwd=ROOT, check=True, capture_output=True).stdout.decode()
    return sorted(path for path in output.split("\0") if path and path not in ITSELF and not EXCLUDED.search(path)
                  and os.path.isfile(os.path.join(ROOT, path)))


def main(arguments):
    count = "--count" in arguments
    paths = [os.path.relpath(os.path.abspath(a), ROOT) for a in arguments if not a.startswith("--")]
    wanted, allowed = expressions(), exceptions()
    used, counts, findings = set(), collections.Counter(), 0
    for path in files(paths):
        try:
            with open(os.path.join(ROOT, path), encoding="utf-8") as file:
                text = file.read()
        except UnicodeDecodeError:
            continue
        breaks = [match.start() for match in re.finditer("\n", text)]
        lines = text.split("\n")
        seen = set()
        for start, end in spans(path, text):
            part, positions = prose(text, start, end, JAVA_MARGIN)
            for expression in wanted:
                for match in expression.finditer(part):
                    first = match.start() + len(match.group()) - len(match.group().lstrip(" .;:(*/"))
                    line = bisect.bisect_left(breaks, positions[min(first, len(positions) - 1)])
                    if (line, first, expression.pattern) in seen:
                        continue
                    seen.add((line, first, expression.pattern))
                    exception = next((e for e in allowed if fnmatch.fnmatch(path, e[0]) and e[1] in lines[line]), None)
                    if exception:
                        used.add(exception)
                        continue
                    findings += 1
                    counts[expression.pattern] += 1
                    if not count:
                        print(f"{path}:{line + 1}: {match.group().strip(' .;:(')}  (in: {lines[line].strip()[:140]})")
    if count:
        for pattern, number in counts.most_common():
            print(f"{number:6} {pattern[:120]}")
    if not paths:
        for exception in allowed:
            if exception not in used:
                print(f"scripts/words-allowed.txt: no longer matches anything: {' | '.join(exception)}")
                findings += 1
    print(f"{findings} phrases to reword (see scripts/words.txt for the rules)" if findings else "The wording is fine.")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
