"""What must hold for a nota of every type that carries a retribution, for any figures one may declare."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.licence_type import LicenceType
from catalogue.licences import licence_types
from catalogue.nota_lines import Reckoned, again, reckon, recompute
from catalogue.quantity import Quantity
from catalogue.retribution.ho_lumajang import BANDS
from values.rupiah import round_half_up

DAY = date(2016, 3, 8)
PAYING = {code: kind for code, kind in licence_types().items() if kind.retribution}
GROWS = {  # the more there is of it, the dearer
    "imb": ("luas_m2", "pagar_m", "ipal_m3"),
    "trayek": ("jumlah_kendaraan",),
    "imta": ("jumlah_tka", "lama_bulan"),
    "rekom_damkar": ("jumlah_tabung",),
    "ho_situ": ("luas_m2", "mesin_pk"),
}
EDGES = [Decimal(0), *(Decimal(top) for top, _ in BANDS), Decimal(500_000)]


def answers(quantity: Quantity) -> st.SearchStrategy[Any]:
    """Whatever may be declared of it, as it is typed."""
    if quantity.choices:
        return st.sampled_from([*quantity.choices])
    if quantity.kind == "integer":
        return st.integers(int(quantity.minimum), int(quantity.maximum))
    return st.decimals(quantity.minimum, quantity.maximum, places=2).map(str)


def declared(kind: LicenceType) -> st.SearchStrategy[tuple[str | None, dict[str, Any]]]:
    """A sub-kind and all quantities; those with a default also left out."""
    must = {q.code: answers(q) for q in kind.quantities if q.default is None}
    may = {q.code: answers(q) for q in kind.quantities if q.default is not None}
    return st.tuples(st.sampled_from(kind.sub_kinds or (None,)), st.fixed_dictionaries(must, optional=may))


def two_sizes(kind: LicenceType, what: str) -> st.SearchStrategy[list[Any]]:
    """Two answers, the smaller first. Areas of a nuisance permit within one band: past its edge the tariff falls."""
    one = answers(kind.quantity(what))
    if (kind.code, what) == ("ho_situ", "luas_m2"):
        bands = [st.lists(st.decimals(low + 1, top, places=2), min_size=2, max_size=2) for low, top in pairwise(EDGES)]
        return st.one_of(*bands).map(lambda pair: [str(area) for area in sorted(pair)])
    return st.lists(one, min_size=2, max_size=2).map(lambda pair: sorted(pair, key=Decimal))


def test_every_type_that_pays_is_tried():
    assert PAYING.keys() - GROWS.keys() == {"siup_mb", "iptm"}, "fixed amounts; nothing grows"


@pytest.mark.parametrize("code", PAYING)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_lines_add_up_and_what_is_kept_gives_the_same_lines_again(code, data):
    sub_kind, quantities = data.draw(declared(PAYING[code]))
    made = reckon(PAYING[code], sub_kind, quantities, DAY)
    assert made == reckon(PAYING[code], sub_kind, quantities, DAY)
    kept = Reckoned.model_validate_json(made.model_dump_json())
    remade = again(kept.formula, kept.inputs)
    stood_in = [line.model_copy(update={"placeholder_city": None}) for line in kept.lines if line.tariff_row is None]
    assert remade.lines == [line for line in kept.lines if line.tariff_row] + stood_in
    assert made.total == sum(recompute(line) for line in kept.lines) >= 0
    for line in made.lines:
        assert type(line.amount) is int and line.amount == round_half_up(Decimal(line.unrounded))
        assert line.article and line.words and (line.tariff_row is None or line.effective_from <= DAY)


@pytest.mark.parametrize(("code", "what"), [(code, what) for code in GROWS for what in GROWS[code]])
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_more_of_it_never_costs_less(code, what, data):
    kind = PAYING[code]
    sub_kind, quantities = data.draw(declared(kind))
    sizes = data.draw(two_sizes(kind, what))
    small, large = (reckon(kind, sub_kind, quantities | {what: size}, DAY).total for size in sizes)
    assert small <= large


def test_past_the_edge_of_a_band_the_whole_area_has_the_lower_tariff():
    """Lumajang's table, as printed: 100 m2 at 650 among houses is more than 101 m2 at 600."""
    shop = {"kawasan": "permukiman", "lokasi": "jalan_utama", "gangguan": "rendah"}
    totals = [reckon(PAYING["ho_situ"], "baru", shop | {"luas_m2": area}, DAY).total for area in ("100", "100.01", 101)]
    assert totals == [65_000, 60_006, 60_600]
