"""Where is a file, and what is to be paid on it: what tracking shows, for programs."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request

from contracts.noticeboard import Notice
from portal.api.file_shapes import (
    ClockAnswer,
    Described,
    FileAnswer,
    FileMoved,
    Happened,
    Holder,
    LicenceOfFile,
    OfferedThing,
    PaymentAnswer,
    Standstill,
    StopAnswer,
    exact,
)
from portal.api.offer_shapes import Named
from portal.api.problems import documented, invalid, not_found
from portal.face import face_of, now
from portal.file_view import FileView, file_view
from portal.guard import a_question
from portal.numbers import EXAMPLE_RESI, is_payment_code, key_of, tidy_number
from portal.offer_view import is_service, title_of
from portal.words import HAPPENED
from values.dates import office_date
from values.refusal import Refusal

router = APIRouter(
    tags=["files"],
    dependencies=[Depends(a_question)],
    responses=documented("not_found", "invalid_input", "too_many", "away"),
)
WHY = {
    "applicant": "Menunggu pemohon melengkapi berkas",
    "payment": "Menunggu pembayaran retribusi",
    "force_majeure": "Keadaan kahar yang ditetapkan",
    "suspended": "Berkas ditangguhkan",
    "parent": "Menunggu izin dari berkas induknya",
}
FileNumber = Annotated[
    str,
    Path(description="resi, or the number letters carry before there is a resi", examples=[EXAMPLE_RESI]),
]
PaymentCode = Annotated[str, Path(description="the payment code printed on the SKRD", examples=["201603000123"])]


@router.get("/files/{number}", summary="Where a file stands")
def track_file(request: Request, number: FileNumber) -> FileAnswer:
    """Who holds it, since when, what time is used and left, why the clock stands, and what happened. No name, no
    address, no note."""
    try:
        key = key_of(tidy_number(number))
    except Refusal as no:
        raise invalid("number", no.code, no.message, no.remedy) from None
    notice = face_of(request).board.notice(**key)
    if notice is None or notice.moved is None:
        raise not_found("Tidak ada berkas dengan nomor ini. Berkas baru muncul beberapa saat setelah terdaftar.")
    asked = now()
    return file_answer(file_view(notice, asked), office_date(asked))


@router.get("/payments/{code}", summary="What an SKRD asks")
def get_payment(request: Request, code: PaymentCode) -> PaymentAnswer:
    """How much, until when, and whether it was received."""
    notice = face_of(request).board.notice(payment_code=code) if is_payment_code(code) else None
    if notice is None or notice.skrd is None:
        raise not_found("Tidak ada SKRD dengan kode bayar ini.")
    return payment_answer(notice, office_date(now()))


def file_answer(view: FileView, today: date) -> FileAnswer:
    """A file as the page shows it."""
    notice, moved = view.notice, view.notice.moved
    return FileAnswer(
        number=view.number,
        resi=moved.resi,
        offering=OfferedThing(
            kind="service" if is_service(view.kind) else "licence_type",
            code=view.kind.code,
            name=title_of(view.kind),
            edition=moved.edition,
        ),
        sub_kind=Named(code=moved.sub_kind, name=view.line) if view.line else None,
        transaction=moved.transaction,
        status=Described(code=view.status, words=view.words),
        outcome=moved.outcome,
        holder=Holder(name=view.holder, unit=view.holder_unit),
        since=view.since,
        step=Named(code=view.step.code, name=view.step.name) if view.step else None,
        clock=_clock(view),
        standstill=_standstill(view),
        answer_by=view.answer_by,
        registered_at=view.registered,
        promised_on=moved.promised_on,
        applicant=moved.applicant,
        kecamatan=moved.kecamatan,
        appointment=notice.appointment,
        payment=payment_answer(notice, today) if notice.skrd else None,
        licence=_licence(notice),
        way=[
            StopAnswer(name=s.name, actor=s.actor, limit=s.limit, state=s.state, ended_at=s.ended) for s in view.stops
        ],
        timeline=[
            Happened(code=entry.what, words=HAPPENED[entry.what], at=entry.at, more=entry.more)
            for entry in view.entries
            if entry.what in HAPPENED
        ],
        told_at=notice.told_at,
    )


def moved_message(notice: Notice, id: str) -> bytes:
    """What a webhook is told of a file, as it stands now."""
    asked = now()
    message = FileMoved(id=id, type="file.moved", file=file_answer(file_view(notice, asked), office_date(asked)))
    return message.model_dump_json().encode()


def payment_answer(notice: Notice, today: date) -> PaymentAnswer:
    """What an SKRD asks, from the notice of its file."""
    skrd = notice.skrd
    return PaymentAnswer(
        payment_code=skrd.payment_code,
        skrd=skrd.number,
        amount=skrd.amount,
        due_on=skrd.due_on,
        paid_at=skrd.paid_at,
        to_pay=notice.to_pay is not None,
        overdue=notice.to_pay is not None and today > skrd.due_on,
        files=len(skrd.covers) or 1,
        resi=notice.resi,
        told_at=notice.told_at,
    )


def _clock(view: FileView) -> ClockAnswer | None:
    if view.clock is None:
        return None
    told = {key: getattr(view.clock, key) for key in ("unit", "limit", "due", "overdue", "running", "ended")}
    return ClockAnswer(used=exact(view.clock.used), left=exact(view.clock.left), **told)


def _standstill(view: FileView) -> Standstill | None:
    return Standstill(code=view.stopped, words=WHY[view.stopped], declared=view.declared) if view.stopped else None


def _licence(notice: Notice) -> LicenceOfFile | None:
    kept = notice.licence
    if kept is None:
        return None
    return LicenceOfFile(
        number=kept.number,
        code=kept.verification_code,
        signed_on=office_date(kept.signed_at),
        valid_until=kept.valid_until,
        address=f"/api/v1/papers/{kept.verification_code}",
    )
