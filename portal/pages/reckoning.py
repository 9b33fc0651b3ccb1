"""What would I pay? The retribution of a type for quantities that anybody may try, by the lines a nota is made of."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from catalogue.licence_type import LicenceType
from catalogue.nota_lines import compute
from catalogue.tariff_book import tariff_book
from portal import offer_view, wizard
from portal.face import face_of
from portal.guard import a_question
from values.refusal import Refusal

router = APIRouter(dependencies=[Depends(a_question)])


@router.get("/izin/{code}/biaya", response_class=HTMLResponse)
def reckon(request: Request, code: str):
    """The form, and below it the lines and their sum as soon as everything is answered. Nothing is kept."""
    kind = offer_view.type_today(code)
    if kind is None or kind.retribution is None:
        raise HTTPException(404)
    asked, typed = wizard.fields_of_cost(kind), dict(request.query_params)
    context = {"kind": kind, "asked": asked, "typed": typed, "faults": {}, "lines": [], "refusal": None}
    if typed.keys() & {field.id for field in asked} or not asked:
        answers, context["faults"] = _read(kind, typed)
        if not context["faults"]:
            try:
                context["lines"] = compute(kind, *answers, offer_view.today())
            except Refusal as no:
                context["refusal"] = no
    context["total"] = sum(line.amount for line in context["lines"])
    context["rows"] = {id: tariff_book().rows[id] for line in context["lines"] if (id := line.tariff_row)}
    status = 422 if context["faults"] or context["refusal"] else 200
    return face_of(request).page(request, "reckoning", status, today=offer_view.today(), **context)


def _read(kind: LicenceType, typed: dict[str, str]) -> tuple[tuple[str | None, dict], dict[str, str]]:
    """((sub-kind, quantities), what is wrong by field)."""
    chosen, wrong = {}, {}
    if kind.sub_kinds:
        chosen, wrong = wizard.read(kind, wizard.KIND, typed, {})
    quantities, faults = wizard.read(kind, wizard.QUANTITIES, typed, {})
    return (chosen.get("sub_kind"), quantities), {**wrong, **faults}
