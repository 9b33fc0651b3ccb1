"""Languages of the portal, and how it writes numbers, days and money. Indonesian is what the pages are written in."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path

from babel.core import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from markupsafe import Markup

from values.dates import JAKARTA
from values.rupiah import signed_rupiah

FOLDER = Path(__file__).parent / "translations"
SOURCE = "id"
NAMES = {"id": "Indonesia", "en": "English"}


@dataclass(frozen=True)
class Language:
    """One language: its words, and its ways of writing."""

    code: str
    texts: NullTranslations

    def say(self, message: str, **values: object) -> str:
        """The message in this language; `%(name)s` in it is filled in."""
        text = self.texts.ugettext(message)
        return text % values if values else text

    def say_many(self, one: str, many: str, n: int, **values: object) -> str:
        """As `say`, for a number of things; `%(n)s` is that number, written out as this language does."""
        return self.texts.ungettext(one, many, n) % {"n": self.number(n), **values}

    @cached_property
    def locale(self) -> Locale:
        """For babel."""
        return Locale.parse("id_ID" if self.code == "id" else "en_GB")

    def number(self, value: int | Decimal | str) -> str:
        """`57.025` in Indonesian, `57,025` in English; a decimal as text (`169453.1250`) with every place it needs."""
        exact = f"{Decimal(value).normalize():f}" if isinstance(value, str) else value
        return format_decimal(exact, locale=self.locale, decimal_quantization=False)

    def rupiah(self, amount: int) -> str:
        """As printed on every paper, in any language: `Rp 1.797.750`, `-Rp 500`. The space does not break."""
        return signed_rupiah(amount).replace(" ", "\u00a0")

    def day(self, day: date | datetime) -> str:
        """`5 Maret 2016`; of a moment its day in Jakarta."""
        return format_date(_in_jakarta(day), "d MMMM y", locale=self.locale)

    def weekday(self, day: date | datetime) -> str:
        """`Sabtu, 5 Maret 2016`."""
        return format_date(_in_jakarta(day), "EEEE, d MMMM y", locale=self.locale)

    def short_day(self, day: date | datetime) -> str:
        """`5 Mar`."""
        return format_date(_in_jakarta(day), "d MMM", locale=self.locale)

    def month(self, day: date, short: bool = False) -> str:
        """`Maret 2016`, or short `Mar 16`."""
        return format_date(day, "MMM yy" if short else "MMMM y", locale=self.locale)

    def clock(self, moment: datetime) -> str:
        """The time of day in Jakarta: `09.15 WIB`, in English `09:15 WIB`."""
        mark = "." if self.code == "id" else ":"
        return f"{moment.astimezone(JAKARTA):%H}{mark}{moment.astimezone(JAKARTA):%M} WIB"

    def moment(self, moment: datetime) -> str:
        """Day and time: `5 Maret 2016, 09.15 WIB`."""
        return f"{self.day(moment)}, {self.clock(moment)}"

    def ago(self, seconds: float) -> str:
        """How long ago, roughly: `baru saja`, `4 menit yang lalu`, `2 hari yang lalu`."""
        minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // 86400)
        if minutes < 1:
            return self.say("baru saja")
        if hours < 1:
            return self.say_many("%(n)s menit yang lalu", "%(n)s menit yang lalu", minutes)
        if days < 1:
            return self.say_many("%(n)s jam yang lalu", "%(n)s jam yang lalu", hours)
        return self.say_many("%(n)s hari yang lalu", "%(n)s hari yang lalu", days)

    def data(self, text: str) -> Markup | str:
        """A text of the catalogue, which is Indonesian: marked as such on a page in another language."""
        return text if self.code == SOURCE else Markup('<span lang="id">{}</span>').format(text)

    def time(self, moment: date | datetime, written: Callable[[date | datetime], str]) -> Markup:
        """A moment for people and for machines."""
        return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), written(moment))


@cache
def languages() -> dict[str, Language]:
    """Every language by its code; catalogues are read from their .po files, so no compiled file lies about."""
    found = {SOURCE: Language(SOURCE, NullTranslations())}
    for file in sorted(FOLDER.glob("*/LC_MESSAGES/portal.po")):
        code = file.parts[-3]
        found[code] = Language(code, _read(file))
    return found


def _read(file: Path) -> Translations:
    with file.open("rb") as source:
        catalogue = read_po(source)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def _in_jakarta(day: date | datetime) -> date:
    return day.astimezone(JAKARTA).date() if isinstance(day, datetime) else day
