"""Who applies in the demonstration and what they hand in: invented, valid, and different from each other."""

import hashlib
import io
import re
from random import Random

import pikepdf
import pytest
from PIL import Image

from catalogue.licences import licence_types
from ptsp.demo.attachments import PHOTOS, paper
from ptsp.demo.people import KECAMATAN, applicant, place

REQUIREMENTS = list({r.code: r for kind in licence_types().values() for r in kind.required()}.values())
A_FEW = [r for r in REQUIREMENTS if r.code in ("ktp", "pasfoto", "formulir", "gambar_teknis", "akta")]


@pytest.mark.parametrize("requirement", A_FEW, ids=lambda r: r.code)
def test_a_paper_is_what_it_says_it_is_and_of_a_likely_size(requirement):
    made = paper(requirement, "siti")
    assert hashlib.sha256(made.data).hexdigest() == made.document.sha256
    assert len(made.data) == made.document.size
    assert 5_000 <= made.document.size <= 60_000
    if made.document.media_type == "application/pdf":
        with pikepdf.open(io.BytesIO(made.data)) as pdf:
            assert len(pdf.pages) == 1
            assert not pdf.check_pdf_syntax()
    else:
        assert requirement.code in PHOTOS
        with Image.open(io.BytesIO(made.data)) as image:
            assert image.format == "JPEG"
            image.verify()


def test_no_two_papers_have_the_same_bytes_and_the_same_one_always_has():
    hashes = {paper(r, who).document.sha256 for r in A_FEW for who in ("siti", "budi", "ani")}
    assert len(hashes) == 3 * len(A_FEW)
    assert paper(A_FEW[0], "siti") == paper(A_FEW[0], "siti")


def test_applicants_are_nobody_who_exists():
    for number in range(200):
        someone = applicant(Random(number), number, "siup")
        assert someone.nik.startswith("999999")
        assert someone.phone.startswith("0800000")
        assert re.fullmatch(r"[a-z.]+\d+@warga\.example", someone.email)
        assert someone.npwp.startswith("99")


def test_places_lie_in_the_twelve_kecamatan_of_the_city():
    places = [place(Random(number), "Siti", "ho_situ") for number in range(300)]
    assert {p.kecamatan for p in places} == set(KECAMATAN)
    assert len(KECAMATAN) == 12
    assert all(p.kelurahan in KECAMATAN[p.kecamatan] for p in places)
