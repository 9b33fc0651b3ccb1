"""What the portal does with those who mean it ill: each comes from an address of its own, so that limits stay apart."""

from urllib.parse import quote, urlsplit

import pytest

from deploy.stack.home import Home
from portal.guard import LARGEST_PDF
from tests.conftest import Stack
from tests.e2e.pages import fetch
from tests.people import People

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def home(people: People, stack: Stack) -> str:
    return stack.environment("office")["PTSP_PUBLIC_URL"].replace("localhost", "127.0.0.1")


@pytest.mark.parametrize("path", ["/", "/izin", "/lacak", "/periksa", "/statistik", "/nirgends", "/rupa/x/style.css"])
def test_every_answer_carries_the_headers_that_protect_it(home: str, path: str):
    headers = fetch(home + path, source="127.0.0.2").headers
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"] and "server" not in headers


@pytest.mark.parametrize("path", ["/cari?apa={}", "/periksa?nomor={}", "/lacak/{}", "/periksa/{}", "/izin/{}", "/{}"])
def test_a_script_in_the_question_is_shown_as_text_or_not_at_all(home: str, path: str):
    answer = fetch(home + path.format(quote(SCRIPT, safe="")), source="127.0.0.3")
    page = answer.data.decode()
    assert answer.status < 500 and "<script>alert" not in page and "<img src=x" not in page
    assert "onerror=alert" not in page.replace("onerror=alert(1)&gt;", "")


@pytest.mark.parametrize(
    "path",
    [
        *("/rupa/../../portal/app.py", "/rupa/x/..%2f..%2fapp.py", "/rupa/x/%2e%2e/%2e%2e/etc/passwd", "/izin/%00"),
        *(
            "/lacak/%2e%2e%2f",
            "/statistik?per=../../x",
            "/statistik?sampai=9999-99-99",
            "/periksa/$ne",
            "/p/%0d%0aX: y",
        ),
        *("/statistik?per=hari&sampai=0001-01-01", "/statistik?per=minggu&sampai=9999-12-31", "/bayar/1e9"),
    ],
)
def test_tricks_with_paths_and_dates_end_on_a_page_of_ours(home: str, path: str):
    answer = fetch(home + path, source="127.0.0.4")
    assert (
        answer.status in (200, 303, 307, 308, 404, 422)
        and b"root:" not in answer.data
        and b"import " not in answer.data
    )
    assert "x" not in answer.headers


def test_nobody_is_sent_elsewhere_by_a_link_to_us(home: str):
    for back in ("https://evil.example/", "//evil.example", "/\\evil.example", "/%0d%0aSet-Cookie:x=y", "javascript:x"):
        answer = fetch(f"{home}/bahasa/en?kembali={quote(back, safe='')}", source="127.0.0.4")
        target = answer.headers["location"]
        assert answer.status == 303 and urlsplit(target).netloc == "" and target.startswith("/"), back
        assert not target.startswith(("//", "/\\")) and "\n" not in target and "evil" not in target, back


def test_a_wrong_method_is_refused_on_a_page_of_ours(home: str):
    answer = fetch(f"{home}/lacak", "DELETE", source="127.0.0.4")
    assert answer.status == 405 and "Perizinan Kota Bekasi" in answer.data.decode()


def test_what_is_no_pdf_is_refused_whatever_it_is_called(home: str):
    for name, data in (
        ("izin.pdf", b"<html><script>alert(1)</script>"),
        ("izin.pdf", b""),
        ("../../x.pdf", b"MZ" * 99),
    ):
        answer = fetch(
            f"{home}/periksa", "POST", source="127.0.0.5", fields={"berkas": (name, data, "application/pdf")}
        )
        assert answer.status == 422 and "bukan PDF" in answer.data.decode()


def test_a_pdf_that_is_a_web_page_is_said_to_be_none_of_ours(home: str):
    disguised = b"%PDF-1.7\n<html><script>alert(1)</script></html>"
    answer = fetch(f"{home}/periksa", "POST", source="127.0.0.5", fields={"berkas": ("x.pdf", disguised)})
    assert answer.status == 404 and "Bukan dokumen dari kantor ini" in answer.data.decode()


def test_an_oversized_upload_is_refused_before_it_is_kept(home: str):
    def endless():
        for _ in range(2 * LARGEST_PDF // 65_536):
            yield b"x" * 65_536

    stated = {"berkas": ("x.pdf", b"%PDF-" + b"x" * (LARGEST_PDF + 200_000))}
    answer = fetch(f"{home}/periksa", "POST", source="127.0.0.6", fields=stated)
    assert answer.status == 413 and "terlalu besar" in answer.data.decode()
    form = {"content-type": "multipart/form-data; boundary=b"}
    answer = fetch(f"{home}/periksa", "POST", source="127.0.0.6", body=endless(), headers=form, chunked=True)
    assert answer.status in (400, 413)


def test_who_asks_too_often_is_asked_to_wait_and_others_are_not(home: str):
    answers = [fetch(f"{home}/lacak/R-2016-000001-4", source="127.0.0.7").status for _ in range(140)]
    assert answers.count(429) >= 10 and 429 not in answers[:100]
    refused = fetch(f"{home}/lacak/R-2016-000001-4", source="127.0.0.7")
    assert int(refused.headers["retry-after"]) >= 1 and "Terlalu banyak" in refused.data.decode()
    assert fetch(f"{home}/izin", source="127.0.0.7").status == 200  # the catalogue is free
    assert fetch(f"{home}/lacak", source="127.0.0.8").status == 200


def test_a_proxy_nobody_named_cannot_say_who_asks(home: str):
    claims = [{"X-Forwarded-For": f"10.0.0.{n}"} for n in range(140)]
    answers = [fetch(f"{home}/lacak", source="127.0.0.9", headers=claim).status for claim in claims]
    assert 429 in answers


def test_the_log_knows_no_question_and_no_name(home: str, stack: Stack):
    fetch(f"{home}/cari?apa=rahasia-saya", source="127.0.0.2")
    fetch(f"{home}/lacak/R-2016-000001-4", source="127.0.0.2")
    log = (Home.at(stack.home).log / "portal.log").read_text()
    assert "rahasia" not in log and "R-2016" not in log
