"""A clerk's panel in a real browser, and a finger on its large key at a moment that was agreed on."""

from playwright.sync_api import Page

PATIENCE = 60_000
#: Presses at the moment `at`, milliseconds since 1970; timers come late, so the last few are spent watching the clock.
_PRESS_AT = """(at) => {
  window.hand = null;
  window.setTimeout(() => {
    while (Date.now() < at);
    const pressed = performance.timeOrigin + performance.now();
    document.getElementById("next").click();
    window.hand = { pressed, sent: "busy" in document.body.dataset };
  }, at - Date.now() - 4);
}"""
_TOLD = """() => {
  const said = document.getElementById("said").dataset.status;
  return window.hand && !("busy" in document.body.dataset) && said !== "wait" && { ...window.hand, said };
}"""
_SHOWS = """(ticket) => {
  const { link, glance } = document.body.dataset;
  return document.querySelector(".here .ticket").textContent === ticket && link === "up" && glance === "no";
}"""


class Hand:
    """The clerk `account` at one panel."""

    def __init__(self, page: Page, account: str) -> None:
        page.set_default_timeout(PATIENCE)
        self._page, self.account = page, account

    def sit(self, address: str, pin: str, counter: int) -> "Hand":
        """Log in and take this counter, whoever else is there."""
        page = self._page
        page.goto(f"{address}/login?next=/clerk/counters")
        page.fill("#account", self.account)
        page.fill("#secret", pin)
        page.keyboard.press("Enter")
        page.locator(f"button[name=counter][value='{counter}']").click()
        page.wait_for_url(f"{address}/clerk")
        return self

    def beside(self, address: str) -> "Hand":
        """The same clerk in one more tab."""
        tab = Hand(self._page.context.new_page(), self.account)
        tab._page.goto(f"{address}/clerk")
        return tab

    def press_at(self, moment: float) -> None:
        """The finger comes down at this moment, seconds since 1970; returns at once."""
        self._page.evaluate(_PRESS_AT, round(1000 * moment))

    def pressed(self) -> tuple[float, str]:
        """When the finger came down, and what the panel says of it; `early` when it sent nothing."""
        told = self._page.wait_for_function(_TOLD).json_value()
        return told["pressed"] / 1000, told["said"] if told["sent"] else "early"

    def sees(self, ticket: str) -> bool:
        """Whether the panel shows this number and takes presses for it."""
        return bool(self._page.evaluate(_SHOWS, ticket))
