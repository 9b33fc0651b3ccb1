"""The bank's statement: the treasurer looks at a file, takes it in, takes an import back; finance sees what differs."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from catalogue.bank_statement import statement_form
from contracts import retribution
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.envelope import new_id
from portal.acting import NOTHING, Came, act, look
from portal.entrance import Posted
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_form, officers_page
from portal.roads import FINANCE
from values.refusal import Refusal

router = APIRouter(prefix="/petugas/rekening", dependencies=[Depends(an_insiders_question)])
Form = Annotated[tuple[Officer, Posted], Depends(officers_form("treasurer"))]
Number = Annotated[str, Path(pattern=r"^RK-[0-9]{4}-[0-9]{5,}$")]
SECONDS = 60.0  # two thousand lines are taken in or taken back within this
LARGEST = 4 * 400_000  # bytes: the characters of the form, each as long as UTF-8 makes one


@router.get("", response_class=HTMLResponse)
def statements(
    request: Request, who: Annotated[Officer, Depends(officer(*FINANCE))], selesai: str = "", batal: str = ""
):
    """The form for a file, what does not agree, and the imports."""
    return _page(request, who, done=selesai[:40], undone=batal[:40])


@router.post("/periksa", response_class=HTMLResponse)
def preview(request: Request, came: Form):
    """What would become of each line. Nothing is kept."""
    who, form = came
    file = next((file for _, file in form.files), None)
    data = file.file.read(LARGEST + 1) if file else b""
    if not data or len(data) > LARGEST:
        return _page(request, who, 422, fault="large" if data else "none")
    try:
        content, name = data.decode("utf-8"), _name(file.filename)
    except UnicodeDecodeError:
        return _page(request, who, 422, fault="letters")
    return _preview(request, who, name, content)


@router.post("/impor", response_class=HTMLResponse)
def take_in(request: Request, came: Form):
    """The file that was looked at is taken in: sent twice, it is one import."""
    who, form = came
    name, content = _name(form.fields.get("nama", "")), form.fields.get("isi", "")
    done = act(who, form, retribution.ImportStatement, {"name": name, "content": content}, seconds=SECONDS)
    if done.code:
        return _preview(request, who, name, content, done)
    return RedirectResponse(f"/petugas/rekening?selesai={done.answer['number']}", 303)


@router.get("/{number}/batal", response_class=HTMLResponse)
def ask_undo(request: Request, number: Number, who: Annotated[Officer, Depends(officer("treasurer"))]):
    """Whether a whole import is to be taken back, and why."""
    return _undoing(request, who, number)


@router.post("/{number}/batal", response_class=HTMLResponse)
def undo(request: Request, number: Number, came: Form):
    """Take it back."""
    who, form = came
    reason = form.fields.get("alasan", "").strip()[:500]
    done = act(who, form, retribution.UndoStatement, {"number": number, "reason": reason}, seconds=SECONDS)
    if done.code:
        return _undoing(request, who, number, done.status, came=done, typed=reason)
    return RedirectResponse(f"/petugas/rekening?batal={number}", 303)


def _preview(request: Request, who: Officer, name: str, content: str, came: Came = NOTHING) -> Response:
    try:
        told = who.ask(retribution.PreviewStatement(name=name, content=content), seconds=SECONDS)
    except Refusal as no:
        return _page(request, who, 422, refusal=no)
    except ValidationError:
        return _page(request, who, 422, fault="large")
    except (Away, Fault):
        if came.code:  # the form stays as it is, to be sent again
            told = None
        else:
            return _page(request, who, 503, fault="away")
    context = {"told": told, "name": name, "content": content, "came": came, "order": came.order or new_id()}
    return officers_page(request, who, "statement", came.status if came.code else 200, **context)


def _undoing(request: Request, who: Officer, number: str, status: int = 200, **more: Any) -> Response:
    told, _ = look(who, retribution.StatementsOf(most=200))
    found = next((each for each in told["statements"] if each["number"] == number), None) if told else None
    if told and found is None:
        raise HTTPException(404)
    context = {"came": NOTHING, "typed": "", **more}
    context["order"] = context["came"].order or new_id()
    return officers_page(request, who, "statement_undo", status, number=number, found=found, **context)


def _page(request: Request, who: Officer, status: int = 200, **more: Any) -> Response:
    """With the room away the form stays, and the lists are said to be out of reach."""
    told, _ = look(who, retribution.StatementsOf())
    compared, _ = look(who, retribution.ReconciliationOf())
    context = {"done": "", "undone": "", "fault": "", "refusal": None, **more}
    return officers_page(
        request,
        who,
        "statements",
        status,
        told=told,
        compared=compared,
        form=statement_form(),
        may_import=who.seat.role == "treasurer",
        names={each["number"]: each for each in told["statements"]} if told else {},
        **context,
    )


def _name(given: str | None) -> str:
    """The name of the file without what no paper could print."""
    plain = "".join(letter for letter in given or "" if " " <= letter <= "~").strip()
    return plain[:120] or "rekening.csv"
