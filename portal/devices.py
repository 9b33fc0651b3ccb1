"""Which browser on which system, from what a browser says of itself: for a list of sessions people can recognise.
Pure; a hint and no proof, since anybody may say anything."""

from typing import NamedTuple

# The first mark that is found counts: most browsers name others too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("UCBrowser/", "UC Browser"),
    ("MiuiBrowser/", "Mi Browser"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


class Device(NamedTuple):
    """What a session was opened with; None for what is not known."""

    browser: str | None
    system: str | None


def device(said: str) -> Device:
    """Read from the header `User-Agent`."""
    return Device(_first(BROWSERS, said), _first(SYSTEMS, said))


def _first(marks: tuple[tuple[str, str], ...], said: str) -> str | None:
    return next((name for mark, name in marks if mark in said), None)
