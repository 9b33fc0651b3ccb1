"""`/api`: what the API is, for people who write programs."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from portal.api.problems import TITLES
from portal.face import face_of
from portal.words import N_

router = APIRouter()
ANSWERS = (
    ("GET /api/v1/licence-types", N_("semua jenis izin; edisi katalog lain dengan ?edition=")),
    ("GET /api/v1/licence-types/{code}", N_("satu jenis izin selengkapnya: syarat, alur, waktu, biaya")),
    ("GET /api/v1/services", N_("layanan Sekretariat Daerah")),
    ("GET /api/v1/services/{code}", N_("satu layanan dengan keempat belas komponen standarnya")),
    ("GET /api/v1/search?q=", N_("jenis izin atau layanan menurut kata sehari-hari")),
    ("GET /api/v1/files/{number}", N_("keadaan satu berkas menurut nomor resinya")),
    ("GET /api/v1/payments/{code}", N_("yang harus dibayar pada satu SKRD")),
    ("GET /api/v1/papers/{code}", N_("keaslian surat menurut kode di bawah QR")),
    ("GET /api/v1/papers?number=", N_("keaslian surat menurut nomornya")),
    ("POST /api/v1/papers", N_("keaslian PDF yang dikirim sebagai isi permintaan")),
    ("POST /api/v1/bank/payments", N_("untuk bank: pemberitahuan pembayaran yang ditandatangani")),
    ("POST /api/v1/commands/{room}/{Name}", N_("bertindak untuk pemilik token: setiap perintah ruang")),
    ("POST /api/v1/queries/{room}/{Name}", N_("bertanya untuk pemilik token: setiap pertanyaan ruang")),
    ("POST /api/v1/documents", N_("menyerahkan berkas yang disebut dalam perintah")),
    ("GET /api/v1/webhooks", N_("langganan kabar milik pemegang token")),
    ("POST /api/v1/webhooks", N_("satu langganan lagi")),
    ("DELETE /api/v1/webhooks/{id}", N_("mengakhiri satu langganan")),
    ("GET /api/v1/statistics?per=", N_("izin terbit per hari, minggu, bulan atau tahun")),
)


@router.get("/api", response_class=HTMLResponse)
def about_the_api(request: Request):
    """What there is, how one asks, and what each problem means."""
    problems = [(code, status, title) for code, (status, title) in TITLES.items()]
    return face_of(request).page(request, "api", answers=ANSWERS, problems=problems)
