"""An officer's desk: the files that wait for them, finding one, and a file with what may be done about it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.desks import TO_COLLECT, desks_at, may_see
from contracts import intake, retribution
from contracts.noticeboard import Notice
from plumbing.messaging.calls import Away, Fault
from portal import audit
from portal.acting import look
from portal.downloads import disposition
from portal.face import face_of, language_of, now
from portal.file_view import FileView, file_view
from portal.guard import an_insiders_question
from portal.inner_view import RECEIVERS, figures_of, papers_of, record_of
from portal.numbers import is_payment_code, key_of, tidy_number
from portal.officers import Officer, any_officer, officers_page
from portal.roads import acts_of
from portal.rooms import LOOK_SECONDS
from portal.words import HAPPENED, N_, UNITS, WORK
from values.refusal import Refusal

router = APIRouter(dependencies=[Depends(an_insiders_question)])
MOST, MOST_WORK = 200, 50
AT_RETRIBUTION = ("bidang_officer", "bidang_head", "administration_officer", "head", "treasurer")
NO_WORK = {"work": [], "more": False}
LEADS = {  # where each work of retribution is done
    "nota_to_prepare": "/petugas/bidang/{id}/nota",
    "nota_to_sign": "/petugas/bidang/{id}/nota",
    "skrd_to_issue": "/petugas/skrd/{id}",
    "skrd_to_sign": "/petugas/tanda-tangan",
    "skrd_to_pay": "/petugas/skrd/{id}",
    "change_to_decide": "/petugas/skrd/{id}/perubahan",
}
DONE = {
    "resi": N_("Berkas lengkap dan terdaftar; resinya sedang dicetak."),
    "diminta": N_("Kekurangannya diminta kepada pemohon."),
    "serah": N_("Surat izin sudah diserahkan."),
    "cabut": N_("Permohonan dicabut atas permintaan pemohon."),
    "langkah": N_("Langkahnya selesai."),
}


@router.get("/petugas", response_class=HTMLResponse)
def desk(request: Request, who: Annotated[Officer, Depends(any_officer)]):
    """The files on this desk, the one that waits longest first; nota and SKRD as their room knows them, which is finer
    than the step the whole file is at."""
    notices = face_of(request).board.on_desks(desks_at(who.seat.role, who.seat.unit), MOST + 1)
    views = [file_view(notice, now()) for notice in notices[:MOST]]
    work = look(who, retribution.WorkOf(limit=MOST_WORK))[0] if who.seat.role in AT_RETRIBUTION else NO_WORK
    if work is not None:
        views = [view for view in views if view.step is None or view.step.act not in ("retribution", "payment")]
    collected = _to_collect(request) if who.seat.role == "counter" else []
    context = {"collect": collected[:MOST_WORK], "more_to_collect": len(collected) > MOST_WORK}
    context |= {"typed": "", "work": work, "leads": LEADS, "work_words": WORK}
    return officers_page(request, who, "desk", views=views, more=len(notices) > MOST, **context)


def _to_collect(request: Request) -> list[FileView]:
    """The licences nobody has come for yet, the one that waits longest first."""
    notices = face_of(request).board.on_desks([TO_COLLECT], MOST_WORK + 1)
    return [file_view(notice, now()) for notice in notices if notice.moved is not None]


@router.get("/petugas/cari", response_class=HTMLResponse)
def find(request: Request, who: Annotated[Officer, Depends(any_officer)], nomor: str = ""):
    """A file by what is printed on its resi, its letters, its SKRD or its licence."""
    notice = _by_number(request, nomor[:100])
    if notice is None or not _sees(who, notice):
        context = {"typed": nomor[:100], "work": NO_WORK, "collect": []}
        return officers_page(request, who, "desk", 404, views=None, more=False, **context)
    return RedirectResponse(f"/petugas/berkas/{notice.id}", 303)


@router.get("/petugas/berkas/{id}", response_class=HTMLResponse)
def one(request: Request, id: str, who: Annotated[Officer, Depends(any_officer)], tercatat: str = ""):
    """One file: where it stands, what intake knows of it, its papers, and what this officer may do. `tercatat`: what
    was just done to it."""
    return file_page(request, who, seen_notice(request, who, id), said=DONE.get(tercatat, ""))


@router.get("/petugas/berkas/{id}/surat/{sha256}")
def paper(request: Request, id: str, sha256: str, who: Annotated[Officer, Depends(any_officer)]):
    """A paper of the file, of the office or handed in, as the room says that it belongs to it."""
    notice = seen_notice(request, who, id, "paper")
    found = who.ask(intake.FindApplication(application_id=notice.id))
    document = next((d for d in found["documents"] if d["sha256"] == sha256), None)
    if document is None:
        raise HTTPException(404)
    listed = next(each for each in papers_of(found) if each.sha256 == sha256)
    named = disposition(listed.name, listed.number, found["resi"], document.get("media_type") or "application/pdf")
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    kind = document.get("media_type") or "application/pdf"
    return Response(request.app.state.uploads.store.get(sha256), media_type=kind, headers=headers)


def seen_notice(request: Request, who: Officer, id: str, what: str = "file") -> Notice:
    """The notice of a file that is this officer's business, the look noted; 404 for any other, as for one that does
    not exist."""
    notice = face_of(request).board.notice_of(id)
    if notice is None or notice.moved is None or not _sees(who, notice):
        raise HTTPException(404)
    audit.note(request, who.id, who.seat.role, what, notice.id)
    return notice


def file_page(request: Request, who: Officer, notice: Notice, status: int = 200, **more: Any) -> Response:
    """The page of a file. With intake away it shows what the noticeboard knows, and says so."""
    view = file_view(notice, now())
    try:
        found, refusal = who.ask(intake.FindApplication(application_id=notice.id), seconds=LOOK_SECONDS), None
    except (Away, Fault):
        found, refusal = None, None
    except Refusal as no:
        found, refusal = None, no
    context = {"said": "", **more}
    return officers_page(
        request,
        who,
        "officer_file",
        status,
        view=view,
        status_words=view.office_words,
        happened=HAPPENED,
        receivers=RECEIVERS,
        units=UNITS,
        found=found,
        record=record_of(found) if found else [],
        papers=papers_of(found) if found else [],
        figures=figures_of(view.kind, found["quantities"], language_of(request).number) if found else [],
        refusal=refusal,
        acts=acts_of(who.seat.role, _marks(view), notice.id),
        **context,
    )


def _marks(view: FileView) -> set[str]:
    """What can be done follows from these: see `portal.roads.acts_of`."""
    moved = view.notice.moved
    handed_over = any(turn.what == "handed_over" for turn in moved.history)
    marks = {view.step.act} if view.step else set()
    marks |= {"by_hand"} if view.kind.by_hand and view.step else set()
    marks |= {"paid"} if view.notice.skrd else set()
    marks |= {"open"} if moved.outcome is None else set()
    marks |= {"taxed"} if getattr(view.kind, "tax", None) else set()
    return marks | ({"issued"} if view.notice.licence and not handed_over else set())


def _sees(who: Officer, notice: Notice) -> bool:
    if notice.moved is None:
        return False
    return may_see(file_view(notice, now()).kind, who.seat.role, who.seat.unit)


def _by_number(request: Request, typed: str) -> Notice | None:
    board, number = face_of(request).board, typed.strip()
    if found := board.paper(number=number):
        return board.notice_of(found.application_id)
    if is_payment_code(number):
        return board.notice(payment_code=number)
    try:
        return board.notice(**key_of(tidy_number(typed)))
    except Refusal:  # no number of a file: nothing is found
        return None
