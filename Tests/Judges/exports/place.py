"""What the judges of exports read: a result directory and the exports of the same run beside it."""

import csv
import gzip
import json
import os


class Place:
    """Files of a run; a judge sees them through it, so that a planted fault is seen by all."""

    def __init__(self, directory):
        self.directory = directory
        self.changed = {}

    def path(self, name):
        """Where a reader of files finds `name`; a changed file is written beside the others."""
        if name not in self.changed:
            return os.path.join(self.directory, name)
        path = os.path.join(self.directory, "changed-" + name.replace("/", "-"))
        with open(path, "wb") as file:
            file.write(self.bytes(name))
        return path

    def bytes(self, name):
        if name in self.changed:
            data = self.changed[name].encode()
            return gzip.compress(data) if name.endswith(".gz") else data
        with open(os.path.join(self.directory, name), "rb") as file:
            return file.read()

    def text(self, name):
        data = self.bytes(name)
        return (gzip.decompress(data) if name.endswith(".gz") else data).decode()

    def json(self, name):
        return json.loads(self.text(name))

    def rows(self, name):
        return list(csv.DictReader(self.text(name).splitlines()))

    def names(self, suffix):
        return sorted(
            "r/" + name for name in os.listdir(os.path.join(self.directory, "r"))
            if name.endswith(suffix))

    @property
    def summary(self):
        return self.json("r/summary.json")


class Findings(list):
    """What is wrong, a line each."""

    def expect(self, holds, text):
        if not holds:
            self.append(text)

    def equal(self, what, found, expected):
        self.expect(found == expected, f"{what}: {found!r}, expected {expected!r}")
