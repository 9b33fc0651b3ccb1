"""The register of licences: one answer to each thing officers ask, with more and more licences stored.

    python -m bench.register [--most 1000000]

A private database is filled with licences of eight types and eighteen years, 228 a working day as in 2016; one in fifty
is suspended, replaced or revoked; one in twenty bears a given word of a name. Each question is put to the room's own
search (`services/issuance/searching.py`), five times, the median kept. The portal and the broker are not part of it.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bench.machine import keep
from catalogue.office import organisation
from catalogue.transactions import NEW
from contracts import intake, issuance
from contracts.documents import example
from contracts.people import Actor
from deploy import stack
from plumbing.messaging.book import Reader
from plumbing.messaging.doors import connect, set_up_database
from services.issuance import searching, store
from services.issuance.model import Draft, listing

STEPS, AT_A_TIME, LOOKS = (1_000, 10_000, 100_000, 1_000_000), 2_000, 5
A_DAY, FIRST = 228, date(2011, 1, 3)
TYPES = ("siup", "siup", "siup", "tdp", "tdp", "imb", "reklame", "iptm")
NAMES = (
    *("Siti", "Budi", "Agus", "Dewi", "Rahmawati", "Santoso", "Wijaya", "Lestari", "Hidayat", "Kusuma"),
    *("Andi", "Putri", "Rini", "Joko", "Bambang", "Sri", "Wahyu", "Eko", "Tri", "Nur", "Fitri", "Hendra"),
    *("Yuni", "Rudi", "Dedi", "Ani", "Ratna", "Indra", "Sari", "Maya", "Dian", "Rizki", "Arif", "Yanti"),
    *("Heri", "Lina", "Teguh", "Iwan", "Mega", "Dody"),
)
Asked = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=STEPS[-1])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        stack.up(home, (), set_up=None)
        try:
            result = measure(stack.environment(home, "set_up")["PTSP_DATABASE_URL"], given.most)
        finally:
            stack.down(home)
    print(keep("register", {"milliseconds": result}).read_text())


def measure(url: str, most: int) -> dict[str, dict[str, float]]:
    """Milliseconds of each question, by the licences stored."""
    set_up_database(url, "issuance", store.COLLECTIONS)
    result: dict[str, dict[str, float]] = {}
    with connect(url) as client:
        database, stored = client.issuance, 0
        for size in (step for step in STEPS if step <= most):
            for start in range(stored, size, AT_A_TIME):
                database.drafts.insert_many(licences(start, min(start + AT_A_TIME, size)), ordered=False)
            stored = size
            result[str(size)] = {name: took(Reader(database), asked) for name, asked in questions(size).items()}
            print(size, result[str(size)], flush=True)
    return result


def questions(stored: int) -> dict[str, Asked]:
    """What officers ask, and by which name it is kept."""
    middle, last = _day(stored // 2), _day(stored - 1)
    month = middle.replace(day=1)
    return {
        "the_latest": {"until": last},
        "a_page_in_the_middle": {"before": f"{middle}~~"},
        "a_number": {"number": f"503/Kep.{stored // 2}-BPPT/2016"},
        "two_words_of_a_name": {"name": "Siti Rahmawati"},
        "a_type": {"licence_type": "iptm", "until": last},
        "a_month": {"since": month, "until": month + timedelta(days=27)},
        "suspended": {"standing": "suspended", "until": last},
        "run_out_lately": {"standing": "run_out", "until": min(last, date.today() - timedelta(days=1))},
        "from_today_backwards": {},
        "rows_for_a_csv": {"most": 500, "until": last},
    }


def took(reader: Reader, asked: Asked) -> float:
    """Milliseconds, median of LOOKS, of an answer that holds something."""
    head = next(officer for officer in organisation().officers.values() if officer.role == "head")
    actor = Actor(id=head.id, role=head.role, unit=head.unit)
    return round(statistics.median(_times(lambda: searching.search(reader, question(asked), actor))), 1)


def question(asked: Asked) -> issuance.SearchLicences:
    return issuance.SearchLicences.model_validate({"most": 25} | asked)


def _times(look: Callable[[], dict]) -> Iterator[float]:
    for _ in range(LOOKS):
        began = time.perf_counter()
        look()
        yield (time.perf_counter() - began) * 1000


def licences(first: int, last: int) -> list[dict]:
    """Licences first to last (not included), as issuance keeps them."""
    return [_licence(n) for n in range(first, last)]


def _licence(n: int) -> dict:
    signed_on, due = _day(n), intake.IssuanceDue.example
    number, name = f"503/Kep.{n}-BPPT/2016", f"{NAMES[n % 40]} {NAMES[n // 40 % 40]}"
    draft = Draft.model_validate(
        {key: due[key] for key in ("sub_kind", "edition", "holder", "place", "quantities")}
        | {"id": f"bench-{n:08d}", "resi": f"R-{signed_on.year}-{n:06d}", "licence_type": TYPES[n % 8]}
        | {"bidang": "jasa_usaha", "transaction": NEW, "since": _moment(signed_on), "initials": [], "number": number}
        | {"signed_at": _moment(signed_on), "valid_until": signed_on + timedelta(days=5 * 365) if n % 2 else None}
        | {"verification_code": f"{n:012d}", "document": example("licence", number)}
        | {"holder": due["holder"] | {"name": name}}
        | {"closed": "replaced" if n % 50 == 1 else "revoked" if n % 500 == 2 else None}
        | {"suspended": "Surat peringatan ketiga" if n % 1000 == 3 else None}
    )
    fields = draft.model_copy(update=listing(draft)).model_dump(mode="json", exclude={"id"})
    return {"_id": draft.id, **fields}


def _day(n: int) -> date:
    """The n-th licence's day of signing: so many each working day."""
    weeks, rest = divmod(n // A_DAY, 5)
    return FIRST + timedelta(weeks=weeks, days=rest)


def _moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=UTC)


if __name__ == "__main__":
    main()
