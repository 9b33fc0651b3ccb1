"""Finding what somebody names at the command line: a licence type or a service, whatever the size of the letters."""

from datetime import UTC, datetime
from difflib import get_close_matches

from catalogue.editions import Edition, edition, edition_on
from catalogue.licence_type import LicenceType
from catalogue.licences import licence_types
from catalogue.standard import ServiceStandard
from catalogue.standards_book import service_standards
from values.dates import office_date
from values.refusal import Refusal

NEAR = 3  # suggestions


def chosen_edition(code: str | None) -> Edition:
    """The edition with that code, or the one in force today; `Refusal(unknown_edition)`."""
    return edition(code) if code else edition_on(office_date(datetime.now(UTC)))


def find(code: str, in_edition: str) -> LicenceType | ServiceStandard:
    """The type or the service with that code; `Refusal(unknown_code)` names the nearest ones when there is none."""
    types, standards = licence_types(in_edition), service_standards()
    wanted = code.strip().lower().replace("-", "_")
    services = {service.lower().replace("-", "_"): standard for service, standard in standards.items()}
    if found := types.get(wanted) or services.get(wanted):
        return found
    raise Refusal(
        "unknown_code",
        f"Tidak ada jenis izin atau layanan dengan kode {code}.",
        field="code",
        remedy=f"Mungkin maksudnya {', '.join(near)}?"
        if (near := _near(wanted, types.values(), services.values()))
        else "Lihat kodenya dengan `ptsp catalogue list`.",
    )


def _near(wanted: str, types, standards) -> list[str]:
    """Codes that look like what was written, then those whose name or abbreviation has it."""
    by_word = {kind.code: kind.code for kind in types} | {s.code.lower().replace("-", "_"): s.code for s in standards}
    alike = [by_word[word] for word in get_close_matches(wanted, by_word, n=NEAR, cutoff=0.6)]
    words = wanted.replace("_", " ")
    named = [
        kind.code for kind in types if len(words) > 2 and words in f"{kind.name} {kind.abbreviation or ''}".lower()
    ]
    named += [each.code for each in standards if len(words) > 2 and words in each.title.lower()]
    return list(dict.fromkeys([*alike, *named]))[:NEAR]
