"""Somebody at a browser, and what they do in it by the words on the page."""

from datetime import datetime
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from harbour.demo import partnership
from harbour.foundation.kernel import clock

PATIENCE_MS = 15_000


class Desk:
    """A page at which a member of the cast is signed in, or nobody."""

    def __init__(
        self, browser: Browser, hub: str, key: str, *, width: int = 1200, scripts: bool = True
    ) -> None:
        self.hub = hub
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=scripts
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        # Why a child's record is opened: everybody answers, then goes on.
        self.question = self.page.get_by_role("heading", name="Why are you opening this record?")
        self.page.add_locator_handler(self.question, self._say_why)
        self.page.on("console", lambda each: self.said.append(f"{each.text} at {self.page.url}"))
        self.page.on("pageerror", lambda each: self.said.append(f"{each} at {self.page.url}"))
        if key:
            member = next(each for each in partnership.CAST if each.key == key)
            self.open("/accounts/login/")
            self.page.get_by_role("button", name=member.name).click()
            self.sees("My work")

    def open(self, address: str) -> None:
        """Go to an address of the hub."""
        self.page.goto(address if address.startswith("http") else self.hub + address)

    def _say_why(self) -> None:
        reason = self.page.get_by_role("button", name="Daily meeting")
        if self.page.title().startswith("Why are you opening") and reason.count():
            reason.click()

    def say_why(self) -> bool:
        """Answer why a record is opened, if that is what the page asks."""
        if not self.page.title().startswith("Why are you opening"):
            return False
        # The handler would press the button first, and this press would wait for it in vain.
        self.page.remove_locator_handler(self.question)
        self._say_why()
        self.page.add_locator_handler(self.question, self._say_why)
        return True

    def sees(self, *words: str) -> None:
        """Require that the page shows these words."""
        for each in words:
            expect(self.page.locator("main")).to_contain_text(each, timeout=PATIENCE_MS)

    def ways(self, words: str) -> Locator:
        """Return the links with these words, those that look like buttons included."""
        return self.page.locator("main a", has_text=words)

    def follow(self, words: str) -> None:
        """Follow the first link with these words in the page itself."""
        self.ways(words).first.click()

    def press(self, words: str) -> None:
        """Press the first button with these words."""
        self.page.get_by_role("button", name=words).first.click()

    def type(self, label: str, text: str) -> None:
        """Write into the field with this label."""
        self.page.get_by_label(label).first.fill(text)

    def pick(self, question: str, answer: str) -> None:
        """Choose an answer to a question with several."""
        group = self.page.get_by_role("group", name=question).first
        group.get_by_label(answer, exact=True).first.check()

    def select(self, label: str, answer: str) -> None:
        """Choose from a list the first answer that begins with these words."""
        field = self.page.get_by_label(label).first
        offered = field.locator("option").all_inner_texts()
        field.select_option(label=next(each for each in offered if each.startswith(answer)))

    def unfold(self, summary: str) -> None:
        """Open what is folded away under these words."""
        self.page.locator("summary", has_text=summary).first.click()

    def moment(self, name: str, at: datetime | None = None) -> None:
        """Fill in a day and a time; now, where none is given."""
        shown = clock.london(at or clock.now())
        parts = {"day": shown.day, "month": shown.month, "year": shown.year}
        for part, value in (*parts.items(), ("time", f"{shown:%H:%M}")):
            self.page.locator(f"[name={name}_{part}]").fill(str(value))

    def picture(self, path: Path) -> None:
        """Keep what is seen, for whoever looks for the fault."""
        self.page.screenshot(path=path)

    def leave(self) -> None:
        """Close the browser's window."""
        self.context.close()
