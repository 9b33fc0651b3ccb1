"""What came with a form, as papers: files that were sent with it, and files that had come in pieces before."""

from typing import NamedTuple

from fastapi import Request

from contracts.documents import Document
from plumbing.sign_in.sessions import Session
from portal.entrance import Posted
from portal.face import now
from portal.uploads import MOST_TOGETHER, Unfit

CAME_BEFORE = "unggahan"  # the field with the ids of what came in pieces, a space between them


class Handed(NamedTuple):
    """The paper for one requirement: the files it was handed in as, and all of them as one (None: no file)."""

    parts: list[Document]
    whole: Document | None


def handed_in(request: Request, session: Session, form: Posted, requirement: str, before: list[Document]) -> Handed:
    """Those handed in `before` and those of this form, each once, looked at and kept. Raises Unfit (`none`
    when there is nothing at all), StoreError, RecordsAway."""
    uploads = request.app.state.uploads
    came = [*_came_in_pieces(request, session, form, requirement)]
    came += [uploads.take(file, requirement) for name, file in form.files if name == "berkas"]
    parts = list({document.sha256: document for document in [*before, *came]}.values())
    return as_one(request, parts, requirement)


def as_one(request: Request, parts: list[Document], requirement: str) -> Handed:
    """The files as one paper. Raises Unfit and StoreError."""
    if not parts:
        raise Unfit("none")
    return Handed(parts, request.app.state.uploads.as_one(parts, requirement))


def _came_in_pieces(request: Request, session: Session, form: Posted, requirement: str) -> list[Document]:
    pieces, found = request.app.state.pieces, []
    for id in form.fields.get(CAME_BEFORE, "").split()[:MOST_TOGETHER]:
        upload = pieces.find(id, session.account, now())
        data = None if upload is None or upload.taken else pieces.whole(upload)
        if upload is None or (data is None and upload.taken is None):
            raise Unfit("cut")
        if data is None:
            found.append(upload.taken)
            continue
        try:
            document = request.app.state.uploads.keep(data, requirement)
        except Unfit:
            pieces.drop(upload.id)  # what is refused is not kept either
            raise
        pieces.take(upload, document)
        found.append(document)
    return found
