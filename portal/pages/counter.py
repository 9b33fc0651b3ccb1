"""The counter: a person is registered, from their words or from a paper form, and their licence is handed over."""

from datetime import datetime, time
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from catalogue.licences import licence_types
from catalogue.offering import Offering
from catalogue.standards_book import service_standards
from contracts import intake, issuance
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.envelope import new_id
from portal import offer_view, wizard
from portal.acting import NOTHING, act, faults_of
from portal.entrance import Posted
from portal.face import language_of, now
from portal.file_view import file_view
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.own_draft import open_offering
from portal.pages.desk import seen_notice
from portal.rooms import command_id
from portal.words import N_
from values.dates import JAKARTA
from values.refusal import Refusal

router = APIRouter(dependencies=[Depends(an_insiders_question)])
COUNTERS = ("counter", "setda_counter")  # the office's own, for licences; the secretariat's, for its services
HOME = "/petugas/loket"
CHANNELS = ("counter", "car_free_day")
TYPED = ("penerima", "nama", "diperiksa")
RECEIVED = {
    "receiver": ("penerima", N_("Pilih siapa yang menerima")),
    "receiver_name": ("nama", N_("Tulis nama penerima kuasa menurut KTP-nya")),
    "identity_checked": ("diperiksa", N_("Nyatakan bahwa identitasnya sudah diperiksa")),
}
Seated = Annotated[Officer, Depends(officer(*COUNTERS))]
Form = Annotated[tuple[Officer, Posted], Depends(officers_form(*COUNTERS))]
AtTheDesk = Annotated[Officer, Depends(officer("counter"))]
DeskForm = Annotated[tuple[Officer, Posted], Depends(officers_form("counter"))]


class Asked(NamedTuple):
    """What is applied for: a licence type or service, its sub-kind, and (`untuk`) what about a licence that exists."""

    kind: Offering
    sub: str
    untuk: str

    @property
    def chosen(self) -> dict[str, dict[str, str]]:
        """The answers that were given before the form."""
        found = {wizard.KIND: {"sub_kind": self.sub}} if self.sub else {}
        return found | ({wizard.ASKED: {"transaction": self.untuk}} if self.untuk else {})

    @property
    def pages(self) -> list[str]:
        """What is asked, without the sub-kind, which is chosen before."""
        return [page for page in wizard.pages(self.kind, self.chosen) if page != wizard.KIND]

    @property
    def sub_kinds(self) -> list[str]:
        """Those to choose from; none for a service, and where what is asked needs none."""
        needs = wizard.KIND in wizard.pages(self.kind, self.chosen)
        return list(self.kind.sub_kinds) if needs else []


@router.get(HOME, response_class=HTMLResponse)
def choose(request: Request, who: Seated):
    """Which licence is asked for; at the counter of the secretariat, which service."""
    today, services = offer_view.today(), who.seat.role == "setda_counter"
    offered = service_standards() if services else licence_types()
    kinds = [(kind.code, offer_view.title_of(kind)) for kind in offered.values() if kind.open_on(today)]
    return officers_page(request, who, "counter", kinds=sorted(kinds, key=lambda kind: kind[1]), services=services)


@router.get(HOME + "/baru", response_class=HTMLResponse)
def blank(request: Request, who: Seated, jenis: str, sub: str = "", untuk: str = ""):
    """The form of one type; where it has sub-kinds, which one first. `untuk`: what is asked about a licence that
    exists, such as its renewal."""
    kind = _open_type(who, jenis)
    about = wizard.on_a_licence(kind)
    if untuk and untuk not in {each.code for each in about}:
        raise HTTPException(404)
    asked = Asked(kind, sub, untuk)
    if asked.sub_kinds and sub not in asked.sub_kinds:
        lines = [line for line in kind.lines if line.offered]
        return officers_page(request, who, "counter_sub_kind", kind=kind, lines=lines, about=about, untuk=untuk)
    return _form(request, who, asked)


@router.post(HOME + "/baru", response_class=HTMLResponse)
def register(request: Request, came: Form, jenis: str, sub: str = "", untuk: str = ""):
    """Take the file in. The form's own id makes a repeated sending one file."""
    who, form = came
    kind = _open_type(who, jenis)
    asked = Asked(kind, sub, untuk)
    if untuk not in {"", *(each.code for each in wizard.on_a_licence(kind))}:
        raise HTTPException(404)
    if asked.sub_kinds and sub not in asked.sub_kinds:
        raise HTTPException(404)
    read = {page: wizard.read(kind, page, _of(page, form.fields), asked.chosen) for page in asked.pages}
    faults = {f"{page}.{field}": words for page, (_, found) in read.items() for field, words in found.items()}
    at, wrong_day = _on_paper(form.fields)
    if wrong_day:
        faults["hari"] = wrong_day
    order = form.fields.get("perintah", "")[:64]
    if faults or len(order) < 8:
        return _form(request, who, asked, 422, typed=form.fields, faults=faults)
    answers = {page: answer for page, (answer, _) in read.items()}
    channel = form.fields.get("saluran", CHANNELS[0])
    submission = intake.SubmitApplication(
        command_id=command_id(who.id, order),
        application_id=command_id(who.id, f"{order}/berkas"),
        acted_at=at,
        licence_type=kind.code,
        sub_kind=sub or None,
        transaction=untuk or None,
        channel=channel if channel in CHANNELS else CHANNELS[0],
        applicant=answers[wizard.APPLICANT],
        place=answers[wizard.PLACE],
        quantities=answers.get(wizard.QUANTITIES, {}),
        licence_number=answers.get(wizard.EARLIER, {}).get("licence_number"),
    )
    try:
        who.ask(submission)
    except Refusal as no:
        if no.code != "already_submitted":
            return _form(request, who, asked, 422, typed=form.fields, refusal=no)
    except (Away, Fault):
        return _form(request, who, asked, 503, typed=form.fields, away=True)
    after = "/petugas/langkah/{id}" if kind.by_hand else HOME + "/{id}/kelengkapan"
    return RedirectResponse(after.format(id=submission.application_id), 303)


@router.get(HOME + "/{id}/serah", response_class=HTMLResponse)
def ask_to_hand_over(request: Request, id: str, who: AtTheDesk):
    """The licence is there and the person too: who they are is looked at first."""
    return _handover(request, who, id)


@router.post(HOME + "/{id}/serah", response_class=HTMLResponse)
def hand_over(request: Request, id: str, came: DeskForm):
    """Handed over, once."""
    who, form = came
    notice, typed = seen_notice(request, who, id), {name: form.fields.get(name, "") for name in TYPED}
    name = typed["nama"].strip()[:200] if typed["penerima"] == "proxy" else ""
    fields = {
        "receiver": typed["penerima"],
        "receiver_name": name or None,
        "identity_checked": bool(typed["diperiksa"]),
    }
    done = act(who, form, issuance.HandOverLicence, {"application_id": notice.id} | fields)
    if done.code:
        return _handover(request, who, id, done.status, came=done, typed=typed)
    return RedirectResponse(f"/petugas/berkas/{notice.id}?tercatat=serah", 303)


@router.get(HOME + "/{id}/cabut", response_class=HTMLResponse)
def ask_to_withdraw(request: Request, id: str, who: Seated):
    """The applicant is at the desk and takes the file back."""
    return _withdrawal(request, who, id)


@router.post(HOME + "/{id}/cabut", response_class=HTMLResponse)
def withdraw(request: Request, id: str, came: Form):
    """Taken back for them, with their reason."""
    who, form = came
    notice, typed = seen_notice(request, who, id), form.fields.get("alasan", "").strip()[:500]
    done = act(who, form, intake.WithdrawApplication, {"application_id": notice.id, "reason": typed})
    if done.code:
        return _withdrawal(request, who, id, done.status, came=done, typed=typed)
    return RedirectResponse(f"/petugas/berkas/{notice.id}?tercatat=cabut", 303)


def _open_type(who: Officer, code: str) -> Offering:
    """What is taken in at this counter today; 404 for anything else."""
    kind = open_offering(code[:60])
    if kind.by_hand != (who.seat.role == "setda_counter"):
        raise HTTPException(404)
    return kind


def _of(page: str, typed: dict[str, str]) -> dict[str, str]:
    """The fields of one part; on the form each carries the name of its part."""
    return {name.removeprefix(f"{page}."): text for name, text in typed.items() if name.startswith(f"{page}.")}


def _on_paper(typed: dict[str, str]) -> tuple[datetime | None, str]:
    """(the moment on the paper form, what is wrong with it). Nothing typed: it happens now."""
    day, hour = typed.get("hari", "").strip(), typed.get("jam", "").strip()
    if not day:
        return None, ""
    try:
        at = datetime.combine(datetime.strptime(day, "%Y-%m-%d").date(), time.fromisoformat(hour or "08:00"), JAKARTA)
    except ValueError:
        return None, "day"
    return (at, "") if at <= now() else (None, "ahead")


def _form(request: Request, who: Officer, asked: Asked, status: int = 200, **more: Any) -> Response:
    kind = asked.kind
    parts = [(page, wizard.TITLES[page], wizard.fields(kind, page, asked.chosen)) for page in asked.pages]
    line = next((line.name for line in kind.lines if line.code == asked.sub), None)
    about = wizard.on_a_licence(kind)
    context = {"typed": {}, "faults": {}, "refusal": None, "away": False, **more}
    order = context["typed"].get("perintah") or new_id()
    return officers_page(
        request, who, "counter_form", status, asked=asked, kind=kind, line=line, parts=parts, about=about, order=order,
        **context,
    )  # fmt: skip


def _handover(request: Request, who: Officer, id: str, status: int = 200, **more: Any) -> Response:
    faults = faults_of(more.get("came", NOTHING), language_of(request), RECEIVED)
    typed = more.pop("typed", dict.fromkeys(TYPED, ""))
    return _at_the_desk(request, who, id, "hand_over", status, typed=typed, faults=faults, **more)


def _withdrawal(request: Request, who: Officer, id: str, status: int = 200, **more: Any) -> Response:
    return _at_the_desk(request, who, id, "counter_withdraw", status, **more)


def _at_the_desk(request: Request, who: Officer, id: str, template: str, status: int, **more: Any) -> Response:
    """A form about one file, with what came of it and what was typed."""
    context = {"came": NOTHING, "typed": "", **more}
    view = file_view(seen_notice(request, who, id), now())
    order = context["came"].order or new_id()
    return officers_page(request, who, template, status, view=view, order=order, **context)
