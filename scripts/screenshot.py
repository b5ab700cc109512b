"""Takes the screenshots in docs/screenshots from the real page, with the default model. Run it in .venv."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
MESSAGE = "They turned me down today after three rounds with Northwind. I am so tired. Should I ask them for feedback?"


def main() -> int:
    """Start the page, say something, take pictures at desktop and phone width."""
    command = [sys.executable, "-m", "coach", "--port", "7900", "ui", "--no-browser"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        try:
            address = _address(program)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
                for name, width, height in (("page", 1280, 860), ("phone", 390, 844)):
                    page = browser.new_page(viewport={"width": width, "height": height})
                    _talk(page, address)
                    page.screenshot(path=ROOT / "docs" / "screenshots" / f"{name}.png")
                browser.close()
        finally:
            program.terminate()
    return 0


def _address(program: subprocess.Popen[str]) -> str:
    assert program.stdout is not None
    for line in program.stdout:
        found = re.search(r"http://\S+", line)
        if found:
            return found[0]
    raise SystemExit("The page did not start; run `coach doctor`.")


def _talk(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("#message textarea")
    page.wait_for_timeout(1000)
    page.wait_for_selector("#status progress", state="detached", timeout=120_000)
    page.fill("#message textarea", MESSAGE)
    page.keyboard.press("Enter")
    page.wait_for_selector("#again:visible", timeout=120_000)
    page.wait_for_timeout(500)


if __name__ == "__main__":
    sys.exit(main())
