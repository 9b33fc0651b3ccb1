"""The record of what Bidang and administration agreed on, as a paper."""

from collections.abc import Callable
from datetime import datetime

from contracts import retribution
from plumbing.messaging.book import Book, NotYet, Reader
from plumbing.officials import signature, unit_name
from plumbing.papers import Papers
from services.retribution import agreement_store as drawers
from services.retribution.agreement_sheet import FLAGS, SUMS
from services.retribution.printing import TEMPLATES
from values.dates import long_date
from values.periods import period
from values.rupiah import format_rupiah, signed_rupiah
from values.verification_code import verification_code

KIND = "pencocokan"
PRINTED = 60  # differences that stand on the paper


def print_agreement(papers: Papers, reader: Reader, event: retribution.AgreementSigned) -> Callable[[Book], None]:
    """The sheet that both sides signed, as a paper."""
    every = drawers.rounds(reader, event.application_id)
    agreed = next((each for each in every if each["number"] == event.number), None)
    if agreed is None:
        raise NotYet(f"agreement {event.number} is not here yet")
    data = agreement_data(papers, event.application_id, agreed)
    document = papers.file(KIND, TEMPLATES / "pencocokan.typ", data, event.number)

    def finish(book: Book) -> None:
        drawers.keep_paper(book, event.application_id, document)
        book.say(retribution.AgreementIssued(application_id=event.application_id, document=document))

    return finish


def agreement_data(papers: Papers, id: str, agreed: dict) -> dict:
    """What the record prints; the keys are those of the example beside the template."""
    bidang, month = id.removeprefix("pencocokan-").rsplit("-", 2)[0], id[-7:]
    span, at = period(month), datetime.fromisoformat(agreed["agreed_at"])
    code = verification_code(id, KIND, agreed["number"])
    sums = agreed["sums"].get("", dict.fromkeys(SUMS, 0))
    ended = sums.get("ended", 0)  # kept since it is told apart
    return {
        "document_date": at.isoformat(),
        "number": agreed["number"],
        "verification_code": code,
        "verification_qr": papers.check_address(code),
        "bidang": unit_name(bidang),
        "month": span.name,
        "first": long_date(span.first),
        "last": long_date(span.last),
        "replaces": agreed["replaces"] or "",
        "lines": [_line(account, each) for account, each in sorted(agreed["sums"].items()) if account],
        "totals": _line("", sums),
        "difference": signed_rupiah(sums["demanded"] + ended - sums["total"]),
        "ended": signed_rupiah(ended) if ended else "",
        "differing": [_difference(each) for each in agreed["differing"][:PRINTED]],
        "more": _more(len(agreed["differing"]) - PRINTED),
        "series": [_gap(each) for each in agreed["series"]],
        "explanation": agreed["explanation"] or "",
        "signature": _signed(agreed, "administration", ("administration_head", None)),
        "beside": _signed(agreed, "bidang", ("bidang_head", bidang)),
    }


def _line(account: str, sums: dict) -> dict[str, str]:
    return {
        "account_code": account,
        "notas": str(sums["notas"]),
        "total": format_rupiah(sums["total"]),
        "letters": str(sums["letters"]),
        "demanded": format_rupiah(sums["demanded"]),
    }


def _difference(row: dict) -> dict[str, str]:
    return {
        "resi": row["resi"],
        "nota": row["nota"],
        "letters": ", ".join(row["letters"]) or "–",
        "total": format_rupiah(row["total"]),
        "demanded": format_rupiah(row["demanded"]),
        "said": "; ".join(FLAGS[flag] for flag in row["flags"]),
    }


def _more(count: int) -> str:
    return f"dan {count} perbedaan lain, yang tersimpan bersama berita acara ini" if count > 0 else ""


def _gap(series: dict) -> str:
    kind, _, rest = series["name"].partition(" ")
    said = [f"{kind.upper()} {rest}: "]
    said += [f"nomor urut {', '.join(map(str, series['missing']))} tidak ada"] if series["missing"] else []
    said += [f"nomor urut {', '.join(map(str, series['twice']))} dua kali"] if series["twice"] else []
    return said[0] + "; ".join(said[1:])


def _signed(agreed: dict, side: str, seat: tuple[str, str | None]) -> dict:
    mine = agreed["signatures"][side]
    return signature(mine["by"], datetime.fromisoformat(mine["at"]), seat=seat)
