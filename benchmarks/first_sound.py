"""Measures the page on an empty home: bytes until it is ready, time to songs and to sound.

    PYTHONPATH=. python benchmarks/first_sound.py [--runs 5]

Headless Chromium gets a video of the sample portrait as its camera; the tests' fake Deezer
server has the catalog's songs (needs ffmpeg, Chromium and the `dev` extra). Three clicks: Look
at me, Allow (answered by Chromium), Play. Browser, app and fake server share all cores.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from tests.deezer.sample import add_catalog, sample_world
from tests.deezer.server import Server
from tests.web.videos import face

NAMES = ("kB until ready", "seconds from permission to ten songs", "seconds from Play to sound")
_WATCH = """
localStorage["musicalface.camera"] = '{"seen": true}'; // no preview before the reading
const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (...which) => {
  const stream = await open(...which);
  window.allowed ??= performance.now();
  return stream;
};
new MutationObserver(() => {
  if (document.querySelectorAll("#song-list li[data-at]").length === 10) window.listed ??= performance.now();
}).observe(document, { subtree: true, childList: true });
document.addEventListener("click", () => { window.clicked = performance.now(); }, true);
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  if (this.tagName === "AUDIO") this.addEventListener("playing", () => { window.heard ??= performance.now(); });
  return play.call(this);
};
"""  # noqa: E501


def main() -> None:
    """Runs the benchmark."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--runs", type=int, default=5)
    runs = options.parse_args().runs
    state = sample_world()
    add_catalog(state)
    with tempfile.TemporaryDirectory() as name, Server(state) as deezer, sync_playwright() as tool:
        camera = f"--use-file-for-fake-video-capture={face(Path(name))}"
        fakes = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", camera]
        browser = tool.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--mute-audio", *fakes]
        )
        measured = [measure(browser, deezer.environment) for _ in range(runs)]
    for what, values in zip(NAMES, zip(*measured, strict=True), strict=True):
        print(f"{what}: {statistics.median(values):.2f} (median of {runs}, max {max(values):.2f})")


def measure(browser: Browser, environment: dict[str, str]) -> tuple[float, float, float]:
    """Starts the app on an empty home, looks, and plays."""
    with running_app(environment) as address, browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(_WATCH)
        kilobytes = load(page, address)
        page.get_by_role("button", name="Look at me").click()
        page.wait_for_function("() => window.listed")
        page.get_by_role("button", name="Play", exact=True).click()
        page.wait_for_function("() => window.heard")
        songs, sound = page.evaluate("() => [listed - allowed, heard - clicked]")
    return kilobytes, songs / 1000, sound / 1000


def load(page: Page, address: str) -> float:
    """Opens the page; returns the kilobytes that it loaded until it was ready."""
    sizes: list[int] = []
    page.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", 0))))
    page.goto(address)
    page.wait_for_selector("html[data-ready]")
    return sum(sizes) / 1000


@contextmanager
def running_app(environment: dict[str, str]) -> Iterator[str]:
    """Runs the app with an empty data directory; yields its address."""
    command = [sys.executable, "-m", "musicalface", "app", "--no-browser"]
    with tempfile.TemporaryDirectory() as home:
        variables = {**os.environ, **environment, "MUSICALFACE_HOME": f"{home}/home"}
        with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True) as app:
            assert app.stdout
            try:
                yield app.stdout.readline().strip().partition(": ")[2]
            finally:
                app.terminate()


if __name__ == "__main__":
    main()
