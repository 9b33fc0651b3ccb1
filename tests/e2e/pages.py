"""What a visitor does and sees in a real browser, for tests of the portal."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import urllib3
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.people import People
from tests.shelf import is_only_asked

AXE = Path(__file__).parents[1] / "data" / "axe" / "axe.min.js"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_BEYOND = """() => [...document.querySelectorAll("body *")]
    .filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map(each => each.outerHTML.slice(0, 120))"""
_RULES = {"runOnly": {"type": "tag", "values": _TAGS}}


def fetch(url: str, method: str = "GET", source: str = "127.0.0.1", **more: Any) -> urllib3.BaseHTTPResponse:
    """One request without a browser, from an address of this machine; no redirect is followed."""
    pool = urllib3.PoolManager(source_address=(source, 0), retries=False, timeout=20)
    return pool.request(method, url, redirect=False, **more)


class Visitor:
    """One browser window. It notes every address it asked for and everything the browser complained of."""

    def __init__(self, context: BrowserContext, home: str):
        self.home, self.page = home, context.new_page()
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self.sent_again: list[str] = []
        self.page.on("response", self._note)
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, answer: Response) -> None:
        """A form that is answered by a page itself would be sent again by reloading that page."""
        if answer.request.method == "POST" and answer.status == 200 and answer.request.is_navigation_request():
            self.sent_again += [] if is_only_asked(path := urlsplit(answer.url).path) else [path]

    def go(self, path: str) -> Page:
        self.page.goto(self.home + path)
        return self.page

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def strangers(self) -> list[str]:
        """Addresses of other hosts that were asked for."""
        return [url for url in self.asked if urlsplit(url).netloc != urlsplit(self.home).netloc]

    def violations(self) -> list[str]:
        """What axe-core finds against WCAG 2.2 AA on the page as it is."""
        # The page's own policy lets no script in from outside; the check comes in by the browser, beside the page.
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = self.page.evaluate("rules => axe.run(document, rules)", _RULES)
        return [f"{each['id']}: {node['html'][:120]}" for each in found["violations"] for node in each["nodes"]]

    def is_wider_than_the_window(self) -> bool:
        return self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")

    def widest(self) -> list[str]:
        """What reaches beyond the window's right edge, when the page is wider than its window."""
        return self.page.evaluate(_BEYOND) if self.is_wider_than_the_window() else []


@contextmanager
def visitor(browser: Browser, home: str, size: dict = DESK, language: str = "id", **more: Any) -> Iterator[Visitor]:
    context = browser.new_context(viewport=size, **more)
    context.add_cookies([{"name": "bahasa", "value": language, "url": home}])
    try:
        yield Visitor(context, home)
    finally:
        context.close()


def faultless(me: Visitor) -> bool:
    """That axe finds nothing, the page fits the window, and no other host was asked for anything; else it says what."""
    assert me.violations() == []
    assert me.widest() == [], "wider than the window"
    assert me.strangers() == []
    assert me.sent_again == [], "loading these again would send the form again"
    return True


def sign_in(me: Visitor, officer: str, passphrase: str) -> None:
    """Send the form of the gate."""
    me.go("/petugas/masuk")
    me.page.get_by_label("Nama petugas atau NIP").fill(officer)
    me.page.get_by_label("Frasa sandi").fill(passphrase)
    me.page.get_by_role("main").get_by_role("button", name="Masuk").click()


def inside(me: Visitor, officer: str, passphrase: str) -> None:
    """In, at the desk."""
    sign_in(me, officer, passphrase)
    me.page.wait_for_url("**/petugas")


def press(me: Visitor, name: str, exact: bool = True) -> None:
    """Press a button and wait for the page it leads to, also when files go out first."""
    with me.page.expect_navigation():
        me.page.get_by_role("main").get_by_role("button", name=name, exact=exact).click()


class Windows(ExitStack):
    """A window for each officer, opened at phone width when first needed; `file` is what they work on."""

    def __init__(self, browser: Browser, home: str, people: People):
        super().__init__()
        self.people, self.home, self._browser, self.file = people, home, browser, ""
        self._open: dict[str, Visitor] = {}
        self.passphrases: dict[str, str] = {}

    def __call__(self, officer: str) -> Visitor:
        """That officer's window."""
        if officer not in self._open:
            self.passphrases.setdefault(officer, self.people.passphrase(officer))
            self._open[officer] = self.window(officer)
        return self._open[officer]

    def window(self, officer: str, **how: bool) -> Visitor:
        """A further window of an officer."""
        me = self.visitor(**how)
        inside(me, officer, self.passphrases[officer])
        return me

    def visitor(self, **how: bool) -> Visitor:
        """A window in which nobody has signed in."""
        return self.enter_context(visitor(self._browser, self.home, PHONE, **how))
