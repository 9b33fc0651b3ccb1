"""A paper of the office as the rooms speak of it: what it is, its number, and where its bytes are found by hash."""

from typing import Literal

from pydantic import Field

from contracts.base import Shape

Kind = Literal[
    "attachment",
    "resi",
    "daftar_kekurangan",
    "photo",
    "berita_acara",
    "addendum",
    "nota_perhitungan",
    "skrd",
    "skrdkb",
    "skrdlb",
    "keputusan_retribusi",
    "surat_pengembalian",
    "teguran",
    "strd",
    "tanda_bukti_pembayaran",
    "recap",
    "pencocokan",
    "nota_pajak",
    "licence",
    "surat_pencabutan",
    "surat_penolakan",
]
Sha256 = Field(pattern=r"^[0-9a-f]{64}$", description="of the plain bytes; also their name in both stores")


class Document(Shape):
    """One paper: found in the primary store (and, once archived, in the second) under its hash."""

    kind: Kind
    name: str = Field(min_length=1, max_length=200)
    sha256: str = Sha256
    size: int = Field(gt=0, le=50_000_000, description="bytes")
    media_type: Literal["application/pdf", "image/jpeg", "image/png"]
    number: str | None = Field(None, max_length=80)


PDF_EXAMPLE = {
    "kind": "resi",
    "name": "resi R-2016-000123-7.pdf",
    "sha256": "0f" * 32,
    "size": 41_337,
    "media_type": "application/pdf",
    "number": "R-2016-000123-7",
}


def example(kind: str, number: str | None = None) -> dict:
    return PDF_EXAMPLE | {"kind": kind, "name": f"{kind}.pdf", "number": number}
