"""Papers handed in: looked at before they count, asked for again when they never arrived, never taken on trust."""

import io

import pikepdf
import pytest
from PIL import Image

from contracts import intake
from contracts.documents import Document
from services.intake import actions, printing
from tests.builders import SIUP, Counter, Drawers, Papers, on, order, refused, submission
from tests.people import a_jpeg, a_pdf


def test_a_paper_is_complete_only_when_it_is_there_was_looked_at_and_can_be_read():
    counter = Counter("ktp")
    refused("no_document", lambda: counter.tick())
    counter.tick(ktp="missing")
    counter.answer("ktp", inspected=False)
    refused("not_yet_inspected", lambda: counter.tick(at=on(3, 2, 10), only=["ktp"]))
    broken = counter.papers.store.put(b"not a PDF at all")
    counter.tick(at=on(3, 2, 11), only=["ktp"], ktp="wrong")
    counter.answer("ktp", at=on(3, 2, 12), sha256=broken, size=16)
    no = refused("unreadable", lambda: counter.tick(at=on(3, 2, 13), only=["ktp"]))
    assert no.field == "ktp" and "tidak dapat dibaca" in no.message


def test_a_paper_that_never_arrived_is_asked_for_again_and_never_belongs_to_the_file():
    counter = Counter("ktp")
    counter.tick(ktp="missing")
    counter.answer("ktp", sha256="0f" * 32)
    assert "tidak sampai" in refused("unreadable", lambda: counter.tick(at=on(3, 3), only=["ktp"])).message
    counter.withdraw(at=on(3, 4))
    [due] = counter.drawers.heard(intake.ArchivingDue)
    assert "0f" * 32 not in {document.sha256 for document in due.documents}
    assert all(counter.papers.store.get(document.sha256) for document in due.documents)


def test_a_file_withdrawn_at_once_is_archived_when_its_papers_were_looked_at():
    drawers, papers = Drawers(), Papers()
    drawers.ask(actions.submit, submission(papers, "siup", "kecil"), "counter-2")
    drawers.ask(actions.withdraw, order(intake.WithdrawApplication, reason="Batal", acted_at=on(3, 1)), "counter-2")
    assert drawers.heard(intake.ArchivingDue) == []
    drawers.let(printing.inspect_attachments(papers, drawers.heard(intake.ApplicationSubmitted)[0]))
    assert len(drawers.heard(intake.ArchivingDue)[0].documents) == len(SIUP)


def test_a_paper_of_another_size_than_stated_is_kept_under_its_true_size():
    papers = Papers()
    stated = Document.model_validate(papers.hand_in() | {"size": 7})
    seen = printing.inspect(papers, stated)
    assert seen.found.size == len(papers.store.get(stated.sha256)) and "dinyatakan 7" in seen.fault


def _png(side: int) -> bytes:
    with io.BytesIO() as out:
        Image.new("1", (side, side)).save(out, "PNG")
        return out.getvalue()


def _mpo() -> bytes:
    with io.BytesIO() as out:
        picture = Image.new("RGB", (8, 8))
        picture.save(out, "MPO", save_all=True, append_images=[picture])
        return out.getvalue()


def _empty_pdf(**options) -> bytes:
    with pikepdf.new() as pdf, io.BytesIO() as out:
        pdf.save(out, **options)
        return out.getvalue()


def _bomb() -> bytes:
    """A PNG of a few bytes that says it is 60,000 dots wide and high."""
    small = _png(8)
    return small[:16] + (60_000).to_bytes(4) * 2 + small[24:]


@pytest.mark.parametrize(
    ("data", "media_type", "fault"),
    [
        (a_pdf("baik"), "application/pdf", None),
        (a_jpeg("baik"), "image/jpeg", None),
        (_mpo(), "image/jpeg", None),
        (_png(8), "image/png", None),
        (a_jpeg("foto"), "image/png", "isi berkas JPEG"),
        (a_jpeg("foto"), "application/pdf", "tidak dapat dibaca"),
        (a_pdf("baik")[:200], "application/pdf", "tidak dapat dibaca"),
        (_empty_pdf(), "application/pdf", "tanpa halaman"),
        (_empty_pdf(encryption=pikepdf.Encryption(user="a", owner="b")), "application/pdf", "kata sandi"),
        (_png(8)[:40], "image/png", "tidak dapat dibaca"),
        (_bomb(), "image/png", "tidak dapat dibaca"),
        (b"", "image/jpeg", "tidak dapat dibaca"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "image/png", "tidak dapat dibaca"),
    ],
)
def test_what_a_handed_in_paper_really_is_is_found_out(data, media_type, fault):
    found = printing.unreadable(data, media_type)
    assert found is None if fault is None else fault in found
