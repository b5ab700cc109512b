"""What a person does on the page and sees there, for tests that drive it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from coach.ui import texts

# So long that reading it takes a while even with the smallest model, so that Stop comes in time.
LONG = " ".join(f"Then they asked me about project {number}, and I did not know what to say." for number in range(60))
HURT = "I was turned down today after the final interview. It hurts."

# Notes each text that the newest answer shows, as it grows. What stands there already is no growth, whatever else
# in the chat changes.
_WATCH = """() => {
  const newest = () => [...document.querySelectorAll('#chat .answer')].at(-1)?.innerText.trim() ?? '';
  const before = newest();
  let begun = before === '';
  window.grown = [];
  const look = () => {
    const now = newest();
    begun ||= now !== before;
    if (begun && now && now !== window.grown.at(-1)) window.grown.push(now);
  };
  new MutationObserver(look).observe(document.querySelector('#chat'), {
    childList: true, subtree: true, characterData: true,
  });
}"""


class Talk:
    """A tab.

    Args:
        tab: With the page open in it.
    """

    def __init__(self, tab: Page) -> None:
        self.tab = tab
        self.box = tab.get_by_role("textbox", name=texts.BOX_LABEL, exact=True)
        self.send_button = tab.get_by_role("button", name=texts.SEND, exact=True)
        self.stop_button = tab.get_by_role("button", name=texts.STOP, exact=True)
        self.again_button = tab.locator("#again")
        self.answers = tab.locator("#chat .answer")
        self.messages = tab.locator("#chat [data-testid=user]")
        self.notice = tab.locator("#notice")
        self.cards = tab.locator("#cards")

    def say(self, text: str) -> None:
        """Write and send, and return before the answer comes."""
        self.box.fill(text)
        self.send_button.click()

    def ask(self, text: str) -> str:
        """Write and send, and return the whole answer."""
        self.say(text)
        return self.answer_to(text)

    def answer_to(self, text: str) -> str:
        """Wait until a message is answered, and return the answer."""
        expect(self.messages.last).to_have_text(text)
        self.wait_until_free()
        return self.answers.last.inner_text()

    def wait_until_free(self) -> None:
        """Wait until the answer has ended."""
        expect(self.again_button).to_be_visible()
        expect(self.send_button).to_be_visible()

    def watch(self) -> None:
        """Begin to note how the newest answer grows."""
        self.tab.evaluate(_WATCH)

    def wait_until_grown(self) -> None:
        """Wait until something of a newer answer has come since ``watch``: the same words may come again."""
        # Not wait_for_function, which evaluates a string: the page's policy forbids that.
        while not self.grown():
            self.tab.wait_for_timeout(50)

    def grown(self) -> list[str]:
        """Return the texts that the newest answer has shown so far."""
        shown: list[str] = self.tab.evaluate("() => window.grown")
        return shown

    def focused(self) -> str:
        """Return the label or the text of what has the focus."""
        name: str = self.tab.evaluate("() => document.activeElement.ariaLabel ?? document.activeElement.innerText")
        return name.strip()

    def press_tab_until(self, place: Locator) -> None:
        """Move the focus on with the Tab key until it is at a place."""
        for _ in range(60):
            self.tab.keyboard.press("Tab")
            if place.evaluate("(element) => element === document.activeElement"):
                return
        raise AssertionError(f"the Tab key does not reach {place}")

    def width_needed(self) -> int:
        """Return how wide the page is, in pixels, with what one has to scroll to."""
        width: int = self.tab.evaluate("() => document.documentElement.scrollWidth")
        return width
