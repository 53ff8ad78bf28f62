#!/usr/bin/env python3
"""Runs the commands of README.md and of the gallery, and writes or compares what the pages show.

    readme.py             rewrites what is printed under each command, and the pictures
    readme.py --check     says what differs, and ends with 1 if anything does
    --quick               leaves out blocks marked as long
    --program PATH        the executable; default: the release build

A page marks what belongs together:

    <!-- file: NAME -->           the fenced block that follows is a file of this name
    ```console                    `$ command` lines (`\\` goes on), each with what it prints
    <!-- long -->                 before a block that a release build does not run in 20 s; the
                                  line `Printed on DATE.` follows the block
    <!-- picture: FILE, TITLE --> the image that follows is the chart of FILE, a page that the
                                  commands have written, whose title begins with TITLE

All blocks of a page run one after the other in one fresh directory that has the shipped scenarios.
Standard output is compared, without the line that says how long it took. A command that fails ends
the script with 2.
"""
import argparse
import datetime
import difflib
import os
import re
import subprocess
import sys
import tempfile
import time
import xml.dom.minidom

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RELEASE = os.path.join(ROOT, ".build/release/settlesim")
PAGES = ["README.md", "Results/reference/gallery/README.md"]
QUICK_SECONDS = 20
PRINTED = re.compile(r"Printed on \d{4}-\d\d-\d\d\.")
# The line and those that go on with it.
TIMED = re.compile(r"^took +\d.*(\n {11}.*)*\n?", re.MULTILINE)
MARGIN, CAPTION, AXIS, WIDTH = 12, 22, 46, 600
# A line that passes behind a word leaves it readable.
HALO = "svg text { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; }"


class Wrong(Exception):
    """What a page or a command did that it must not."""


class Page:
    """One page: its lines, rewritten while its commands run in `folder`."""

    def __init__(self, path, arguments, folder):
        self.path, self.arguments, self.folder = path, arguments, folder
        with open(os.path.join(ROOT, path), encoding="utf-8") as file:
            self.old = file.read()
        self.lines = self.old.split("\n")
        self.new = []
        self.pictures = {}
        self.skipped = False

    def run(self):
        place = 0
        name, is_long, picture = None, False, None
        while place < len(self.lines):
            line = self.lines[place]
            self.new.append(line)
            place += 1
            if match := re.fullmatch(r"<!-- (file|picture): (.+) -->", line):
                name, picture = (match[2], None) if match[1] == "file" else (None, match[2])
            elif line == "<!-- long -->":
                is_long = True
            elif line.startswith("```"):
                end = self.lines.index("```", place)
                body = self.lines[place:end]
                if line == "```console":
                    body = self.console(body, is_long)
                elif name:
                    self.write(name, body)
                self.new += body + ["```"]
                place = end + 1
                if is_long:
                    place = self.dated(place)
                name, is_long = None, False
            elif line.startswith("<!--"):
                raise Wrong(f"{self.path}: {line} says nothing here")
            elif picture and line.startswith("!["):
                file = os.path.join(self.folder, picture.split(",")[0])
                if not self.skipped or os.path.exists(file):
                    self.draw(picture, re.fullmatch(r"!\[.+\]\((.+)\)", line)[1])
                picture = None

    def write(self, name, body):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write("\n".join(body) + "\n")

    def dated(self, place):
        """The line with the date after a long block."""
        if self.lines[place] != "" or not PRINTED.fullmatch(self.lines[place + 1]):
            raise Wrong(f"{self.path}: a long block is followed by `Printed on DATE.`")
        today = datetime.date.today().isoformat()
        kept = self.arguments.check or self.arguments.quick
        self.new += ["", self.lines[place + 1] if kept else f"Printed on {today}."]
        return place + 2

    def console(self, body, is_long):
        """The block with what its commands print now."""
        if is_long and self.arguments.quick:
            self.skipped = True
            return body
        new, place = [], 0
        while place < len(body):
            if not body[place].startswith("$ "):
                place += 1
                continue
            command = [body[place][2:]]
            while command[-1].endswith("\\"):
                place += 1
                command.append(body[place])
            place += 1
            new.append("$ " + "\n".join(command))
            new += self.printed("\n".join(command), is_long)
        return "\n".join(new).split("\n")

    def printed(self, command, is_long):
        begin = time.monotonic()
        ended = subprocess.run(
            ["bash", "-c", command], cwd=self.folder, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, env={
                "PATH": os.path.join(self.folder, ".program") + ":/usr/bin:/bin",
                "HOME": self.folder, "LC_ALL": "C.UTF-8"})
        seconds = time.monotonic() - begin
        if ended.returncode:
            raise Wrong(f"{self.path}: exit {ended.returncode}: {command}\n{ended.stderr}")
        is_timed = self.arguments.program == RELEASE and not self.arguments.check
        # What takes about as long as the limit may be marked as long.
        is_wrong = seconds < QUICK_SECONDS / 2 if is_long else seconds > QUICK_SECONDS
        if is_timed and is_wrong:
            word = "takes" if is_long else "takes, and is not marked as long:"
            raise Wrong(f"{self.path}: {command}\n{word} {seconds:.0f} s")
        text = TIMED.sub("", ended.stdout).strip("\n")
        return text.split("\n") if text else []

    def draw(self, picture, target):
        file, title = (part.strip() for part in picture.split(",", 1))
        with open(os.path.join(self.folder, file), encoding="utf-8") as page:
            drawing = standalone(page.read(), title, self.path)
        path = os.path.normpath(os.path.join(os.path.dirname(self.path), target))
        self.pictures[path] = drawing


def charts(page):
    """The drawings of a page that stand in no other one, each with its title."""
    begin, depth = 0, 0
    for tag in re.finditer(r"<svg\b|</svg>", page):
        if tag[0] == "<svg":
            begin = begin if depth else tag.start()
            depth += 1
            continue
        depth -= 1
        chart = page[begin:tag.end()]
        if depth == 0 and (title := re.search(r"<title[^>]*>(.*?)</title>", chart)):
            yield title[1], chart


def standalone(page, title, where):
    """The chart of a page whose title begins with `title`, as a file that needs nothing else."""
    titles = [other for other, chart in charts(page) if 'class="narrow"' not in chart[:200]]
    found = [
        chart for other, chart in charts(page)
        if other.startswith(title) and 'class="narrow"' not in chart[:200]]
    if len(found) != 1:
        raise Wrong(f"{where}: {len(found)} charts begin with {title!r}; there are: {titles}")
    chart = found[0]
    opening = chart[:chart.index(">")]
    box = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', opening)
    if box:
        left, width, height = 0, float(box[1]), float(box[2])
    else:
        # A chart as wide as its place, with the labels of its axis beside it.
        left = 0 if "rows" in opening else AXIS
        width, height = WIDTH, float(re.search(r'height="([\d.]+)"', opening)[1])
        chart = re.sub(r' height="[\d.]+"', "", chart, count=1)
    place = f'<svg x="{MARGIN + left}" y="{MARGIN + CAPTION}" width="{width:g}" height="{height:g}"'
    chart = chart.replace("<svg", place + ' overflow="visible"', 1)
    whole = f"{width + left + 2 * MARGIN:g}", f"{height + CAPTION + 2 * MARGIN:g}"
    text = re.search("<title[^>]*>(.*?)</title>", chart)[1]
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole[0]}" height="{whole[1]}" '
        f'viewBox="0 0 {whole[0]} {whole[1]}">\n<style>\n{rules(page)}{HALO}\n</style>\n'
        f'<rect width="{whole[0]}" height="{whole[1]}" rx="6" fill="var(--paper)" />\n'
        f'<text x="{MARGIN}" y="{MARGIN + 12}">{text}</text>\n{chart}\n</svg>\n')
    xml.dom.minidom.parseString(drawing.encode())
    return drawing


def rules(page):
    """The rules of the page's style sheet that a chart needs: its colours, light and dark."""
    sheet = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    kept, depth, begin = [], 0, 0
    for place, letter in enumerate(sheet):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if letter == "}" and depth == 0:
            rule = sheet[begin:place + 1].strip()
            begin = place + 1
            selector = rule[:rule.index("{")].strip()
            if selector.startswith((":root", "svg ", "@media (prefers-color-scheme: dark)")):
                kept.append(rule)
    if not any("dark" in rule for rule in kept):
        raise Wrong("the page has no colours for the dark")
    return "\n".join(kept) + "\n"


def difference(path, new):
    old = ""
    if os.path.exists(os.path.join(ROOT, path)):
        with open(os.path.join(ROOT, path), encoding="utf-8") as file:
            old = file.read()
    lines = difflib.unified_diff(
        old.split("\n"), new.split("\n"), f"{path}, as it stands", f"{path}, as printed now",
        lineterm="")
    return [line[:200] for line in lines]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--program", default=RELEASE)
    parser.add_argument("pages", nargs="*", default=PAGES)
    arguments = parser.parse_args()
    differing = []
    for path in arguments.pages or PAGES:
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(os.path.join(ROOT, "Scenarios"), os.path.join(folder, "Scenarios"))
            os.mkdir(os.path.join(folder, ".program"))
            os.symlink(
                os.path.abspath(arguments.program), os.path.join(folder, ".program/settlesim"))
            page = Page(path, arguments, folder)
            page.run()
        for name, text in {**page.pictures, path: "\n".join(page.new)}.items():
            lines = difference(name, text)
            differing += lines
            if lines and not arguments.check:
                with open(os.path.join(ROOT, name), "w", encoding="utf-8") as file:
                    file.write(text)
                print(f"readme: {name} is new")
    if arguments.check and differing:
        print("\n".join(differing))
        print("readme: `make readme` writes what the commands print now")
        sys.exit(1)


if __name__ == "__main__":
    try:
        main()
    except Wrong as wrong:
        print(f"readme: {wrong}", file=sys.stderr)
        sys.exit(2)
