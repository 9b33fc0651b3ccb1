"""The design system: every token and component of the pages, with what each is for."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from portal.chart import chart
from portal.face import face_of
from portal.offer_view import years_of_office

router = APIRouter()
COLOURS = (
    ("ink", "#17211d"),
    ("ink-soft", "#4c5852"),
    ("line", "#d9dbd2"),
    ("paper", "#f7f6f1"),
    ("card", "#ffffff"),
    ("green", "#0f5a4b"),
    ("green-deep", "#0b3d34"),
    ("green-pale", "#e3efe9"),
    ("amber", "#f2b632"),
    ("amber-pale", "#fdf2d5"),
    ("red", "#9d2b20"),
    ("red-pale", "#faeae7"),
)


@router.get("/gaya", response_class=HTMLResponse)
def style(request: Request):
    """For whoever adds a page."""
    drawing = chart([(str(year), n) for year, n in years_of_office().items()])
    return face_of(request).page(request, "style", colours=COLOURS, drawing=drawing)
