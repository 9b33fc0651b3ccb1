"""Looking for closed files: by a number, by words of a name, by type and time; never by reading all of them."""

from datetime import date, timedelta

from contracts import archive
from plumbing.messaging.book import Reader
from services.archive import store
from services.archive.model import ArchivedFile, words_of
from values.refusal import Refusal

MOST, LOOKED_AT = 50, 2000  # files told, and read to find them
DAYS, MONTHS = 31, 12  # how wide a time may be: of any type, and of one type


def search(reader: Reader, question: archive.SearchBundles) -> dict:
    """The files that fit, the latest closed first; `more` when there are others. Refusals: `nothing_asked`,
    `period_upside_down`, `period_too_long`."""
    number = (question.number or "").strip().upper()
    terms = ([number] if number else []) + words_of(question.name or "")
    days, type_months = _times(question, narrowed=bool(terms))
    if not (terms or days or type_months):
        raise Refusal(
            "nothing_asked",
            "Sebutkan yang dicari.",
            field="number",
            remedy="Nomor, nama pemohon, atau waktu berkas ditutup; jenis izin saja terlalu luas.",
        )
    told_most = max(terms, key=len, default=None)  # the longest is shared by the fewest; the others sift
    found = store.search(reader, number or told_most, days, type_months, LOOKED_AT)
    fitting = [file for file in found if set(terms) <= set(file.found_by) and _fits(file, question)]
    fitting.sort(key=_closed, reverse=True)
    more = len(fitting) > MOST or len(found) == LOOKED_AT
    return {"files": [_told(file) for file in fitting[:MOST]], "more": more}


def _times(question: archive.SearchBundles, narrowed: bool) -> tuple[list[str], list[str]]:
    """(days, types with months) to look under. With a number or a name the time only sifts what they find."""
    since, until = question.since or question.until, question.until or question.since
    if since is None or until is None:
        return [], []
    if since > until:
        raise Refusal("period_upside_down", "Hari pertama sesudah hari terakhir.", field="since")
    if narrowed:
        return [], []
    if question.licence_type:
        months = (until.year - since.year) * 12 + until.month - since.month + 1
        _not_longer(months, MONTHS, "Paling lama dua belas bulan sekaligus.")
        all_months = [divmod(since.year * 12 + since.month - 1 + n, 12) for n in range(months)]
        return [], [f"{question.licence_type}/{year:04d}-{month + 1:02d}" for year, month in all_months]
    length = (until - since).days + 1
    _not_longer(length, DAYS, "Tanpa jenis izin paling lama 31 hari sekaligus.")
    return [(since + timedelta(days=n)).isoformat() for n in range(length)], []


def _not_longer(length: int, most: int, words: str) -> None:
    if length > most:
        raise Refusal("period_too_long", words, field="until", remedy="Persempit waktunya, atau sebut nomor atau nama.")


def _fits(file: ArchivedFile, question: archive.SearchBundles) -> bool:
    since, until = question.since or question.until, question.until or question.since
    right_type = question.licence_type in (None, "", file.licence_type)
    return right_type and (since is None or since <= _closed(file) <= until)


def _closed(file: ArchivedFile) -> date:
    return file.closed_on or date.min


def _told(file: ArchivedFile) -> dict:
    licence = next((document.number for document in file.documents if document.kind == "licence"), None)
    latest = file.bundles[-1]
    told = file.model_dump(mode="json", include={"id", "resi", "licence_type", "applicant", "closed_on", "proven"})
    return told | {"licence": licence, "outcome": latest.outcome, "papers": len(file.documents)}
