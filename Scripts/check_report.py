#!/usr/bin/env python3
"""Looks at a page that `easel run --report` has written, in headless Chromium.

    easel plan graph.yaml --format json | Scripts/check_report.py report.html

The page must load without a message on the console and without asking for anything but itself, every picture
must decode, every link within the page must lead somewhere, and there must be a row for every node of the plan.
Needs python3 and chromium alone: they speak over a pair of pipes.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys

PROBE = """(async () => {
  await Promise.all([...document.images].map(i => i.decode().catch(() => 0)));
  return {
    pictures: document.images.length,
    broken: [...document.images].filter(i => !(i.naturalWidth > 0)).map(i => i.alt),
    rows: [...document.querySelectorAll('.nodes .facts th')].map(e => e.textContent),
    boxes: document.querySelectorAll('.easel-graph .box.node').length,
    dead: [...document.querySelectorAll('a')].map(a => a.getAttribute('href'))
      .filter(h => h.startsWith('#') && !document.getElementById(h.slice(1))),
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
  };
})()"""


class Browser:
    """Chromium's debugging protocol: JSON messages that end with a NUL."""

    def __init__(self, program):
        to_read, self.commands = os.pipe()
        self.replies, to_write = os.pipe()
        arguments = [program, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"]
        redirect = 'exec "$@" 3<&%d 4>&%d' % (to_read, to_write)
        self.process = subprocess.Popen(
            ["bash", "-c", redirect, "bash", *arguments],
            pass_fds=(to_read, to_write), stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.buffer = b""
        self.number = 0
        self.events = []

    def receive(self):
        while b"\0" not in self.buffer:
            part = os.read(self.replies, 1 << 16)
            if not part:
                sys.exit("chromium has ended")
            self.buffer += part
        message, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        os.write(self.commands, json.dumps(message).encode() + b"\0")
        while True:
            reply = self.receive()
            if reply.get("id") == self.number:
                if "error" in reply:
                    sys.exit(f"{method}: {reply['error']['message']}")
                return reply["result"]
            self.events.append(reply)

    def wait(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self.receive())

    def close(self):
        self.process.terminate()
        self.process.wait()


def look(browser, url):
    target = browser.call("Target.createTarget", url="about:blank")["targetId"]
    session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Page", "Runtime", "Log", "Network"):
        browser.call(f"{domain}.enable", session)
    browser.events.clear()
    browser.call("Page.navigate", session, url=url)
    browser.wait("Page.loadEventFired")
    result = browser.call(
        "Runtime.evaluate", session, expression=PROBE, awaitPromise=True, returnByValue=True)
    return result["result"]["value"]


def problems(page, events, url, nodes):
    for event in events:
        method, parameters = event.get("method"), event.get("params", {})
        if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded"):
            yield f"on the console: {json.dumps(parameters)[:300]}"
        if method == "Network.requestWillBeSent":
            asked = parameters["request"]["url"]
            if asked != url and not asked.startswith("data:"):
                yield f"asks for {asked}"
    yield from (f"the picture `{name}` does not decode" for name in page["broken"])
    yield from (f"the link {link} leads nowhere" for link in page["dead"])
    yield from (f"the node `{node}` has no row" for node in nodes if node not in page["rows"])
    if nodes and page["boxes"] == 0:
        yield "the graph has no box"
    if page["wide"]:
        yield "the page is wider than its window"


def main():
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if len(sys.argv) != 2 or not program:
        sys.exit(__doc__ if program else "chromium is not installed")
    url = pathlib.Path(sys.argv[1]).resolve().as_uri()
    nodes = [json.loads(line)["node"] for line in sys.stdin if line.strip()]
    browser = Browser(program)
    try:
        page = look(browser, url)
    finally:
        browser.close()
    found = list(problems(page, browser.events, url, nodes))
    for problem in found:
        print(f"{sys.argv[1]}: {problem}", file=sys.stderr)
    if found:
        sys.exit(1)
    print(f"{sys.argv[1]}: {page['pictures']} pictures, {len(nodes)} nodes, all well")


if __name__ == "__main__":
    main()
