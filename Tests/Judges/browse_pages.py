#!/usr/bin/env python3
"""Opens pages in a real Chromium and measures them as it has laid them out.

    browse_pages.py PAGE... [--once] [--shots DIRECTORY]

Every page is opened 1,280 and 390 pixels wide, light and dark; with --once wide and light alone.
Held against it: errors and warnings of the console, requests that leave the file, anything wider
than the window, letters under 9 pixels, letters on other letters, letters too faint to read (WCAG
AA), headings out of order, links without a target, scripts. Exit 1 with one line for each finding; 0 and a line of counts without.

The browser is driven over the pipe of its DevTools protocol, so that nothing but Python and
Debian's package `chromium` is needed; it starts once for all pages.
"""

import argparse
import base64
import itertools
import json
import os
import pathlib
import subprocess
import sys
import tempfile

WIDTHS = (1280, 390)
SCHEMES = ("light", "dark")

MEASURE = r"""
(() => {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth)
    found.push(`overflow: ${root.scrollWidth} px of content in ${root.clientWidth}`);
  const clip = element => {
    const area = element.closest('.scroll');
    return area ? area.getBoundingClientRect() : null;
  };
  const name = node => node.textContent.trim().slice(0, 40);
  const boxes = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.textContent.trim()) continue;
    const element = node.parentElement;
    if (element.closest('title, desc, style, script')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter(r => r.width > 0.5 && r.height > 0.5);
    if (!rects.length || !element.checkVisibility()) continue;
    const style = getComputedStyle(element);
    const matrix = element.getScreenCTM ? element.getScreenCTM() : null;
    const size = parseFloat(style.fontSize) * (matrix ? matrix.d : 1);
    if (size < 9) found.push(`letters of ${size.toFixed(1)} px: ${name(node)}`);
    const area = clip(element);
    for (const r of rects) {
      let [left, right] = [r.left, r.right];
      if (area) { left = Math.max(left, area.left); right = Math.min(right, area.right); }
      if (right - left < 1) continue;
      if (left < -0.5 || right > window.innerWidth + 0.5)
        found.push(`text leaves the window: ${name(node)}`);
      // Leading is no ink: a line's box without a sixth of it at both sides.
      const rim = r.height / 6;
      boxes.push({left, right, top: r.top + rim, bottom: r.bottom - rim, node});
    }
    const colour = matrix && element.closest('svg') ? style.fill : style.color;
    const contrast = ratio(parse(colour), ground(element));
    const isLarge = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    if (contrast < (isLarge ? 3 : 4.5))
      found.push(`contrast ${contrast.toFixed(2)}: ${name(node)}`);
  }
  function parse(text) { return (text.match(/[\d.]+/g) || [0, 0, 0]).map(Number); }
  function ground(element) {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  }
  function light(colour) {
    const [r, g, b] = colour.slice(0, 3).map(value => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
  function ratio(one, other) {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  }
  boxes.sort((a, b) => a.top - b.top);
  for (let i = 0; i < boxes.length; i++) {
    for (let j = i + 1; j < boxes.length && boxes[j].top < boxes[i].bottom - 1; j++) {
      const [a, b] = [boxes[i], boxes[j]];
      if (a.node === b.node) continue;
      if (a.left < b.right - 1 && b.left < a.right - 1)
        found.push(`letters on letters: "${name(a.node)}" and "${name(b.node)}"`);
    }
  }
  for (const drawing of document.querySelectorAll('svg.fluid, svg.wide, svg.narrow')) {
    const own = drawing.getBoundingClientRect();
    if (own.width < 1) continue;
    for (const shape of drawing.querySelectorAll('rect, line, circle, text')) {
      const box = shape.getBoundingClientRect();
      if (shape.checkVisibility() && (box.left < own.left - 8 || box.right > own.right + 8))
        found.push(`a ${shape.tagName} (${name(shape)}) stands out of: ${name(drawing)}`);
    }
  }
  let level = 0;
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')];
  for (const heading of headings) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1 || (own === 1 && level > 0)) found.push(`heading: ${name(heading)}`);
    level = own;
  }
  const ids = [...document.querySelectorAll('[id]')].map(element => element.id);
  if (new Set(ids).size !== ids.length) found.push('an id stands twice');
  const links = [...document.querySelectorAll('a')];
  for (const link of links) {
    const target = link.getAttribute('href');
    if (!target.startsWith('#') || !ids.includes(target.slice(1)))
      found.push(`a link leads to ${target}`);
  }
  if (document.scripts.length) found.push('a script');
  return {found, texts: boxes.length, headings: headings.length, links: links.length,
    drawings: document.querySelectorAll('svg').length, height: root.scrollHeight};
})()
"""


class Browser:
    """A headless Chromium and the pipe to it."""

    def __init__(self, profile: str) -> None:
        command_out, self.commands = os.pipe()
        self.answers, answer_in = os.pipe()
        arguments = [
            "chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking",
            "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"]
        script = f'exec "$@" 3<&{command_out} 4>&{answer_in}'
        self.process = subprocess.Popen(
            ["bash", "-c", script, "browser", *arguments], pass_fds=(command_out, answer_in),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(command_out)
        os.close(answer_in)
        self.numbers = itertools.count(1)
        self.buffer = b""
        self.events: list[dict] = []

    def close(self) -> None:
        self.send("Browser.close")
        self.process.wait(timeout=30)

    def read(self) -> dict:
        while b"\0" not in self.buffer:
            part = os.read(self.answers, 1 << 20)
            if not part:
                sys.exit("the browser has closed its pipe")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def send(self, method: str, session: str | None = None, **parameters) -> dict:
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read()
            if answer.get("id") == number:
                if "error" in answer:
                    sys.exit(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method: str) -> None:
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.read())

    def open(self, url: str, width: int, scheme: str, shot: pathlib.Path | None):
        """What is found on the page at `url`, and its counts."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable", session)
        self.send(
            "Emulation.setDeviceMetricsOverride", session, width=width, height=900,
            deviceScaleFactor=1, mobile=False)
        self.send(
            "Emulation.setEmulatedMedia", session,
            features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.events.clear()
        self.send("Page.navigate", session, url=url)
        self.wait("Page.loadEventFired")
        answer = self.send(
            "Runtime.evaluate", session, expression=MEASURE, returnByValue=True)
        if "exceptionDetails" in answer:
            sys.exit(f"measuring failed: {answer['exceptionDetails']}")
        counts = answer["result"]["value"]
        found = counts.pop("found")
        for event in self.events:
            details = event.get("params", {})
            match event.get("method"):
                case "Log.entryAdded":
                    found.append(f"console: {details['entry']['text']}")
                case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown":
                    found.append(f"console: {json.dumps(details)[:200]}")
                case "Network.requestWillBeSent" if details["request"]["url"] != url:
                    found.append(f"request: {details['request']['url']}")
        if shot:
            picture = self.send(
                "Page.captureScreenshot", session, captureBeyondViewport=True,
                clip={"x": 0, "y": 0, "width": width, "height": counts["height"], "scale": 1})
            shot.write_bytes(base64.b64decode(picture["data"]))
        self.send("Target.closeTarget", targetId=target)
        return found, counts


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("pages", nargs="+", type=pathlib.Path)
    parser.add_argument("--once", action="store_true")
    parser.add_argument("--shots", type=pathlib.Path)
    arguments = parser.parse_args()
    if missing := [str(page) for page in arguments.pages if not page.is_file()]:
        sys.exit(f"no such page: {', '.join(missing)}")
    sizes = list(itertools.product(WIDTHS, SCHEMES))[:1 if arguments.once else None]
    findings = 0
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(profile)
        for page in arguments.pages:
            url = page.resolve().as_uri()
            for width, scheme in sizes:
                shot = None
                if arguments.shots:
                    arguments.shots.mkdir(parents=True, exist_ok=True)
                    label = f"{page.resolve().parent.name}-{page.stem}"
                    shot = arguments.shots / f"{label}-{width}-{scheme}.png"
                found, counts = browser.open(url, width, scheme, shot)
                for line in dict.fromkeys(found):
                    print(f"{page} at {width} px, {scheme}: {line}")
                findings += len(found)
                if width == WIDTHS[0] and scheme == SCHEMES[0]:
                    print(f"{page}: {counts}")
        browser.close()
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
