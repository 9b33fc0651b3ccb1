"""What would I pay: the same rupiah as the nota, every line explained, whatever is typed."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from catalogue.licences import licence_type, licence_types
from catalogue.nota_lines import compute
from portal import offer_view, wizard
from portal.language import languages
from tests.shelf import Browser, portal_in_memory

COSTING = [code for code, kind in licence_types("2018-01").items() if kind.retribution]


@pytest.fixture(scope="module")
def visitor(tmp_path_factory) -> Iterator[Browser]:
    with portal_in_memory(tmp_path_factory.mktemp("portal")) as (home, _, _):
        yield Browser(home)


def some_figures(kind) -> dict[str, str]:
    chosen = {"sub_kind": kind.sub_kinds[0]} if kind.sub_kinds else {}
    return chosen | {q.code: next(iter(q.choices), str(int(q.minimum or 0) + 1)) for q in kind.quantities}


@pytest.mark.parametrize("code", COSTING)
def test_every_type_with_a_retribution_is_reckoned_as_its_nota_is(visitor: Browser, code: str):
    kind = licence_type(code, "2018-01")
    typed = some_figures(kind)
    assert {field.id for field in wizard.fields_of_cost(kind)} == typed.keys()
    page = visitor.get(f"/izin/{code}/biaya?{urlencode(typed)}")
    assert page.status == 200
    quantities, _ = wizard.read(kind, wizard.QUANTITIES, typed, {})
    lines = compute(kind, typed.get("sub_kind"), quantities, offer_view.today())
    say = languages()["id"].rupiah
    assert say(sum(line.amount for line in lines)) in page.text
    for line in lines:
        assert line.name in page.text and line.article in page.text
        assert ("angka pengganti" in page.text) or not line.placeholder_city


def test_what_is_wrong_is_told_beside_its_field_and_nothing_is_shown(visitor: Browser):
    code = next(c for c in COSTING if any(q.kind == "decimal" for q in licence_type(c, "2018-01").quantities))
    kind = licence_type(code, "2018-01")
    number = next(q.code for q in kind.quantities if q.kind == "decimal")
    page = visitor.get(f"/izin/{code}/biaya?{urlencode(some_figures(kind) | {number: '<b>banyak</b>'})}")
    assert page.status == 422 and f'href="#{number}"' in page.text
    assert "&lt;b&gt;banyak" in page.text and 'id="hasil"' not in page.text
    assert visitor.get(f"/izin/{code}/biaya").status == 200 and 'id="hasil"' not in visitor.text


def test_what_is_free_has_no_such_page(visitor: Browser):
    free = next(code for code, kind in licence_types("2018-01").items() if not kind.retribution)
    assert visitor.get(f"/izin/{free}/biaya").status == 404
    assert "/biaya" not in visitor.get(f"/izin/{free}").text
    assert f"/izin/{COSTING[0]}/biaya" in visitor.get(f"/izin/{COSTING[0]}").text


def test_a_figure_is_written_as_people_write_it_with_every_place_it_needs():
    indonesian = languages()["id"]
    assert [indonesian.number(text) for text in ("169453.1250000", "1000", "0.50")] == ["169.453,125", "1.000", "0,5"]
