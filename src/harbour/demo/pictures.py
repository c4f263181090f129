"""Pictures of a running demo for the documentation: `python -m harbour.demo.pictures ADDRESS`.

Opens today's meeting where it is not open. Needs Chromium and the test group's playwright; the
demo itself needs neither.
"""

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path("docs/pictures")
MOST_BYTES = 250_000
WIDTH, HEIGHT = 1440, 1200
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--hide-scrollbars"]


def take(address: str, folder: Path) -> int:
    """Take every picture; return 0, or 1 where one is too large to keep."""
    folder.mkdir(parents=True, exist_ok=True)
    too_large = []
    with browser() as chromium:
        _agree(chromium, address)
        for name, (member, way) in PICTURES.items():
            page = _signed_in(chromium, address, member)
            way(page)
            page.mouse.move(0, 0)
            path = folder / f"{name}.png"
            page.screenshot(path=path)
            page.context.close()
            size = path.stat().st_size
            print(f"{path}: {size // 1000} kB")
            too_large += [name] if size > MOST_BYTES else []
    if too_large:
        print(f"Larger than {MOST_BYTES // 1000} kB: {', '.join(too_large)}", file=sys.stderr)
    return 1 if too_large else 0


@contextmanager
def browser() -> Iterator[Browser]:
    """Open the machine's own Chromium."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise SystemExit("No Chromium on this machine: install Debian's package chromium.")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()


def _signed_in(chromium: Browser, address: str, name: str) -> Page:
    page = chromium.new_page(
        viewport={"width": WIDTH, "height": HEIGHT},
        base_url=address,
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
    page.goto("/accounts/login/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url(f"{address}/")
    return page


def _agree(chromium: Browser, address: str) -> None:
    """Have today's meeting opened, and the agencies' views on one child given and opened."""
    chair = _signed_in(chromium, address, CHAIR)
    _into_the_meeting(chair)
    chair.get_by_role("navigation", name="Agenda").get_by_role("link", name=CHILD).click()
    for name, (said, grade) in VIEWS.items():
        page = _signed_in(chromium, address, name)
        page.goto(chair.url)
        if page.locator("[name=view-information]").is_visible():
            page.locator("[name=view-information]").fill(said)
            page.locator(f"[name=view-grade][value={grade}]").check()
            page.locator("[name=view-harm][value=suspected_current]").check()
            page.get_by_role("button", name="Give our view").click()
        page.context.close()
    chair.reload()
    if chair.get_by_role("button", name="Open all views").count():
        chair.get_by_role("button", name="Open all views").click()
    chair.context.close()


def _into_the_meeting(page: Page) -> None:
    page.goto("/meetings/")
    if page.get_by_role("button", name="Start the meeting").count():
        page.get_by_role("button", name="Start the meeting").click()
    else:
        page.get_by_role("button", name="Go into the meeting").click()


def _meeting(page: Page) -> None:
    _into_the_meeting(page)
    page.get_by_role("navigation", name="Agenda").get_by_role("link", name=CHILD).click()


def _child(page: Page) -> None:
    page.get_by_role("link", name="Find a child").click()
    given, _, family = GRADED_CHILD.partition(" ")
    page.get_by_label("First name").fill(given)
    page.get_by_label("Family name").fill(family)
    page.locator("main form button[type=submit]").first.click()
    page.locator("main").get_by_role("link", name=GRADED_CHILD, exact=False).first.click()
    page.wait_for_load_state()
    if page.get_by_role("button", name="Daily meeting").count():
        page.get_by_role("button", name="Daily meeting").click()


def _front_door(page: Page) -> None:
    page.goto("/referrals/")
    page.locator("main").get_by_role("link", name="HB-").first.click()


def _at(path: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(path)

    return go


CHAIR = "Helen Marsh"
CHILD = "Ellis Grainger"
GRADED_CHILD = "Amara Oyelaran"
VIEWS = {
    "Owen Pryce": ("The flat was searched in October; two adults were charged.", "high"),
    "Grace Okoro": ("Missed two appointments. Weight loss since summer.", "medium"),
    CHAIR: ("His mother asks for help. His brother is eleven.", "high"),
}
PICTURES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "meeting": (CHAIR, _meeting),
    "child": ("Owen Pryce", _child),
    "missing-board": ("Ruth Adeyemi", _at("/missing/")),
    "front-door": ("Sam Whitlock", _front_door),
    "quarter": ("Alan Trevelyan", _at("/figures/2018-19/4/")),
    "my-work": ("Sam Whitlock", _at("/")),
}


def main() -> int:
    """Read the command line and take the pictures."""
    parser = argparse.ArgumentParser(prog="harbour.demo.pictures", description=__doc__)
    parser.add_argument("address", help="of the running demo, as ./harbour demo prints it")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    options = parser.parse_args()
    return take(options.address.rstrip("/"), options.folder)


if __name__ == "__main__":
    sys.exit(main())
