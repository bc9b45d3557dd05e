"""Benchmark of the page: milliseconds between readings before, during and after a colour change.

    python benchmarks/page_responsiveness.py [--runs 5]

Headless Chromium without a GPU gets a video of the sample portrait as its camera (needs
ffmpeg, Chromium and the `dev` extra). The page sends at most 15 frames per second. Browser
and app share all cores.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from itertools import chain, pairwise
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

PORTRAIT = Path(__file__).parent.parent / "examples" / "portrait.png"
PARTS = {"before": (-9.0, 0.0), "during": (0.0, 1.0), "after": (1.0, 5.0)}  # seconds from the mood
FOLLOW = """async () => {
  const { subscribe, state } = await import("/static/js/store.js");
  window.seen = [];
  subscribe(["faces"], () => seen.push([performance.now() / 1000, Boolean(state.reading)]));
  subscribe(["mood"], () => { window.changed ??= performance.now() / 1000; });
}"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--runs", type=int, default=5)
    runs = options.parse_args().runs
    command = [sys.executable, "-m", "musicalface", "app", "--no-browser", "--port", "8698"]
    with (
        tempfile.TemporaryDirectory() as name,
        subprocess.Popen(command, stdout=-1, text=True) as app,
    ):
        assert app.stdout
        try:
            gaps_by_part = measure(
                app.stdout.readline().strip().partition(": ")[2], video(name), runs
            )
        finally:
            app.terminate()
    print(f"{'part':<10}{'median ms':>10}{'longest: median of runs':>25}{'max':>8}")
    for part, each in gaps_by_part.items():
        longest = [max(run) for run in each]
        middle = statistics.median(chain(*each))
        print(f"{part:<10}{middle:>10.0f}{statistics.median(longest):>25.0f}{max(longest):>8.0f}")


def video(folder: str) -> str:
    path = f"{folder}/face.mjpeg"
    size = "scale=480:480,pad=640:480:80:0:gray,format=yuvj420p"
    arguments = ["-loop", "1", "-t", "2", "-i", str(PORTRAIT), "-vf", size, "-q:v", "4", path]
    subprocess.run(["ffmpeg", "-v", "error", *arguments], check=True)
    return path


def measure(address: str, video: str, runs: int) -> dict[str, list[list[float]]]:
    flags = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    flags += [f"--use-file-for-fake-video-capture={video}", "--no-sandbox"]
    gaps_by_part = defaultdict(list)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for _ in range(runs):
            page = chromium.new_page(viewport={"width": 1440, "height": 900})
            page.goto(address)
            for part, gaps in gaps_between_readings(page).items():
                gaps_by_part[part].append(gaps)
            page.close()
    return gaps_by_part


def gaps_between_readings(page: Page) -> dict[str, list[float]]:
    page.wait_for_selector("html[data-ready]")
    page.evaluate(FOLLOW)
    page.evaluate("""() => { localStorage["musicalface.camera"] = '{"seen": true}'; }""")
    page.get_by_role("button", name="Look at me").click()
    page.wait_for_function("() => window.changed")
    page.wait_for_timeout(5500)
    seen, changed = json.loads(page.evaluate("() => JSON.stringify([seen, changed])"))
    times = [at - changed for at, reads in seen if reads]
    return {
        part: [
            1000 * (end - start)
            for start, end in pairwise(times)
            if first <= (start + end) / 2 < last
        ]
        for part, (first, last) in PARTS.items()
    }


if __name__ == "__main__":
    main()
