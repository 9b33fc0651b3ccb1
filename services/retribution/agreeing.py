"""Bidang and administration agree on what was assessed: both sign the same sheet, and a record of it is printed."""

from collections.abc import Callable
from datetime import date
from functools import partial

from catalogue.licences import licence_types
from catalogue.office import organisation
from contracts import retribution
from contracts.people import Actor
from plumbing.messaging.book import Book, Reader
from plumbing.numbering import allocate
from services.retribution import agreement_store as drawers
from services.retribution import ledger, store
from services.retribution.agreement_sheet import FLAGS, Row, Serials, Sheet, gaps, row_of, serials_of
from values.dates import office_date
from values.happening import acting_moment
from values.periods import period
from values.refusal import Refusal

SIDES = {"bidang_head": "bidang", "administration_head": "administration"}
KEPT = 500  # differing rows that are kept with a round


def sheet_of(reader: Reader, bidang: str, month: str) -> Sheet:
    """The sheet as it is now. `Refusal` for a Bidang that is none."""
    if bidang not in organisation().bidang:
        raise Refusal(
            "unknown_bidang",
            f"Bidang {bidang} tidak dikenal; pilih {', '.join(organisation().bidang)}.",
            field="bidang",
        )
    files = store.with_nota_of(reader, month, bidang)
    rows = sorted((row_of(each, store.keeper(reader, each)) for each in files), key=lambda row: row.nota)
    given = serials_of(store.with_letters_of(reader, month, bidang), month)
    return Sheet(rows, gaps(given, _before(reader, bidang, month, set(given))))


def _before(reader: Reader, bidang: str, month: str, wanted: set[str]) -> Serials:
    """Of each series what was given out in the last month of the year before this one that gave out any."""
    found: Serials = {}
    for number in range(int(month[5:]) - 1, 0, -1):
        if wanted <= found.keys():
            break
        earlier = f"{month[:4]}-{number:02d}"
        given = serials_of(store.with_letters_of(reader, earlier, bidang), earlier)
        found = given | found
    return found


def agreement_of(reader: Reader, question: retribution.AgreementOf, actor: Actor) -> dict:
    """The sheet page by page, what differs, the rounds of agreement, and what changed since the last of them."""
    _require_own(actor, question.bidang)
    sheet, rounds = sheet_of(reader, question.bidang, question.month), drawers.rounds(reader, _id(question))
    begin = next((n + 1 for n, row in enumerate(sheet.rows) if row.application_id == question.after), 0)
    shown = sheet.rows[begin : begin + question.most]
    more = begin + question.most < len(sheet.rows)
    return {
        "bidang": question.bidang,
        "month": question.month,
        "name": period(question.month).name,
        "over": _over(question.month, office_date(reader.now)),
        "digest": sheet.digest,
        "state": state(rounds, sheet.digest),
        "sums": sheet.sums,
        "rows": [_shown(row, office_date(reader.now)) for row in shown],
        "next": shown[-1].application_id if more else "",
        "differing": [_shown(row, office_date(reader.now)) for row in sheet.differing[:KEPT]],
        "series": [each._asdict() for each in sheet.series],
        "changed": _changed(sheet, rounds),
        "rounds": [{key: value for key, value in each.items() if key != "rows"} for each in rounds],
    }


def agreements_of(reader: Reader, question: retribution.AgreementsOf, actor: Actor) -> dict:
    """Per Bidang and month of the year, until this month: how many SKRDs were signed, and how far its notas are agreed
    on. What changed since is said on the sheet itself."""
    own = actor.role in ("bidang_head", "bidang_officer")
    charging = {kind.bidang for kind in licence_types().values() if kind.retribution}
    mine = [code for code in organisation().bidang if code in charging and (not own or code == actor.unit)]
    this = f"{office_date(reader.now):%Y-%m}"
    months = [month for n in range(1, 13) if (month := f"{question.year}-{n:02d}") <= this]
    sums = ledger.months(reader, months[0], months[-1]) if months else {}
    rows = []
    for month in months:
        for bidang in mine:
            rounds = drawers.rounds(reader, drawers.agreement_id(bidang, month))
            signed = sum(
                each.get("skrd", 0) for account, each in sums.get(month, {}).items() if account.bidang == bidang
            )
            reached = state(rounds, rounds[-1]["digest"] if rounds else "")
            rows.append({"bidang": bidang, "month": month, "skrd": signed, "state": reached})
    return {"year": question.year, "months": rows}


def agree(reader: Reader, order: retribution.SignAgreement) -> Callable[[Book], dict]:
    """One side agrees. With the second the record gets its number. A signature under another sheet lapses, and the
    answer says so. The sheet is drawn up outside the transaction; what changes meanwhile shows as changed."""
    sheet = sheet_of(reader, order.bidang, order.month)
    return partial(_agree, order=order, sheet=sheet)


def _agree(book: Book, order: retribution.SignAgreement, sheet: Sheet) -> dict:
    side, moment = SIDES[book.actor.role], acting_moment(order.acted_at, book.now, ())
    _require_own(book.actor, order.bidang)
    if not _over(order.month, office_date(moment)):
        raise Refusal(
            "not_over",
            f"{period(order.month).name} belum berakhir.",
            field="month",
            remedy="Sepakati setelah bulannya berakhir.",
        )
    id = _id(order)
    rounds = drawers.rounds(book, id)
    if order.digest != sheet.digest:
        raise Refusal(
            "changed",
            "Nota atau SKRD bulan ini berubah sejak lembar itu dibuka.",
            field="digest",
            remedy="Baca lembar yang baru, lalu sepakati lagi.",
        )
    this = _round(rounds, sheet, office_date(moment))
    if this.get("number") or side in this["signatures"]:
        raise Refusal("already_agreed", "Lembar ini sudah disepakati dari pihak Anda.", field="month")
    explanation = order.explanation or this["explanation"]
    if (sheet.differing or sheet.series) and not explanation:
        raise Refusal(
            "not_explained",
            f"Ada {len(sheet.differing) + len(sheet.series)} perbedaan yang belum dijelaskan.",
            field="explanation",
            remedy="Tulis penjelasannya; ia dicetak pada berita acara.",
        )
    agreed = [each for each in rounds if each["number"]]
    lapsed = [*rounds[-1]["signatures"]] if rounds and rounds[-1] not in (*agreed, this) else []
    this["explanation"] = explanation
    this["signatures"] |= {side: {"by": book.actor.id, "at": moment.isoformat()}}
    if len(this["signatures"]) == len(SIDES):
        year = office_date(moment).year
        this["number"] = f"BAP-{year}-{allocate(book, f'pencocokan/{year}', f'{id}#{len(agreed) + 1}'):05d}"
        this["agreed_at"] = moment.isoformat()
    drawers.keep_rounds(book, id, [*agreed, this])
    if this["number"]:
        book.say(retribution.AgreementSigned(application_id=id, number=this["number"]))
    return {"state": state([this], sheet.digest), "number": this["number"], "lapsed": lapsed}


def state(rounds: list[dict], digest: str) -> str:
    """`open`, `one_side`, `agreed`, or `changed` since it was agreed."""
    if not rounds:
        return "open"
    last = rounds[-1]
    if last["number"] is None:
        return "one_side" if last["digest"] == digest else "open"
    return "agreed" if last["digest"] == digest else "changed"


def _round(rounds: list[dict], sheet: Sheet, today: date) -> dict:
    """The round of this sheet: the one that was begun, else a new one, which names the last that was agreed."""
    if rounds and rounds[-1]["digest"] == sheet.digest:
        return rounds[-1]
    agreed = [each for each in rounds if each["number"]]
    return {
        "digest": sheet.digest,
        "number": None,
        "document": None,
        "replaces": agreed[-1]["number"] if agreed else None,
        "signatures": {},
        "explanation": None,
        "sums": sheet.sums,
        "differing": [_shown(row, today) for row in sheet.differing[:KEPT]],
        "series": [each._asdict() for each in sheet.series],
        "rows": _compared(sheet),
    }


def _changed(sheet: Sheet, rounds: list[dict]) -> list[dict]:
    """Files of which something is other than what was agreed on last; when only the numbers are, none."""
    agreed = [each for each in rounds if each["number"]]
    if not agreed or agreed[-1]["digest"] == sheet.digest:
        return []
    was, now = agreed[-1]["rows"], _compared(sheet)
    return [
        {"application_id": id, "resi": (now.get(id) or was[id])["resi"], "was": was.get(id), "now": now.get(id)}
        for id in sorted(was.keys() | now.keys())
        if was.get(id) != now.get(id)
    ][:KEPT]


def _compared(sheet: Sheet) -> dict[str, dict]:
    """Of each file what both sides agree to."""
    named = ("resi", "nota", "total", "letters", "demanded", "flags")
    rows = {row.application_id: row._asdict() for row in sheet.rows}
    return {
        id: {name: [*row[name]] if isinstance(row[name], tuple) else row[name] for name in named}
        for id, row in rows.items()
    }


def _shown(row: Row, today: date) -> dict:
    """A row in words; of a nota without SKRD also how long it waits."""
    days = f" ({(today - row.signed_on).days} hari)"
    said = [FLAGS[flag] + (days if flag == "no_letter" else "") for flag in row.flags]
    return row._asdict() | {"signed_on": row.signed_on.isoformat(), "letters": [*row.letters], "said": said}


def _over(month: str, today: date) -> bool:
    return period(month).last < today


def _require_own(actor: Actor, bidang: str) -> None:
    if actor.role in ("bidang_head", "bidang_officer") and actor.unit != bidang:
        unit = organisation().units.get(bidang)
        raise Refusal("wrong_bidang", f"Lembar ini milik {unit.name if unit else 'unit lain'}.", field="bidang")


def _id(asked: retribution.AgreementOf | retribution.SignAgreement) -> str:
    return drawers.agreement_id(asked.bidang, asked.month)
