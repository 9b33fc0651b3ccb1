"""Every formula by its name. A formula is chosen by the legal basis a case names, never by today's date."""

from collections.abc import Callable
from typing import Any

from catalogue.retribution import (
    bekasi_9_2012,
    bekasi_14_2012,
    bekasi_2012,
    bekasi_2017,
    ho_lumajang,
    late_interest,
    numbering,
    permen_pu_24_2007,
    plain,
    pp_16_2021,
    pp_97_2012,
    purbalingga_2_2012,
    satisfaction,
    uu_28_2009_art_110,
    uu_28_2009_art_141,
)
from catalogue.retribution.inputs import Inputs, refuse
from catalogue.retribution.note import Note
from catalogue.tariff_book import TariffBook

FORMULAS: dict[str, Callable[[Inputs], Note]] = {
    "imb_permenpu24_2007": permen_pu_24_2007.imb,
    "imb_permenpu24_2007_klasifikasi": permen_pu_24_2007.by_classes,
    "imb_indeks_terintegrasi": permen_pu_24_2007.integrated_index,
    "imb_indeks_parameter_display": permen_pu_24_2007.display,
    "imb_kota_bekasi_2012": bekasi_2012.imb,
    "imb_kota_bekasi_2017": bekasi_2017.imb,
    "pbg_pp16_2021": pp_16_2021.pbg,
    "pbg_indeks_terintegrasi": pp_16_2021.index,
    "ho_tarif_x_luas_x_il_x_ig": ho_lumajang.ho,
    "trayek_flat_per_kendaraan": purbalingga_2_2012.trayek,
    "minol_flat_per_jenis_tempat": uu_28_2009_art_141.minol,
    "apar_per_tabung": uu_28_2009_art_110.apar,
    "iptm_kota_bekasi": bekasi_9_2012.iptm,
    "imta_usd100_per_orang_bulan": pp_97_2012.imta,
    "pajak_reklame_kota_bekasi": bekasi_14_2012.advertising,
    "bunga_keterlambatan": late_interest.interest,
    **{way: late_interest.months_late(way) for way in late_interest.WAYS},
    "flat": plain.quote_flat,
    "per_unit": plain.quote_per_unit,
    "per_m2": plain.quote_per_m2,
    "area_index": plain.quote_area_index,
    "banded": plain.quote_banded,
    "bebas": plain.quote_free,
    "ikm_kepmenpan25_2004": satisfaction.ikm,
    "ikm_kategori_kepmenpan25_2004": satisfaction.ikm_letter,
    "skm_permenpanrb14_2017": satisfaction.skm,
    "skm_kategori_permenpanrb14_2017": satisfaction.skm_letter,
    "krejcie_morgan": satisfaction.sample,
    "terbilang": numbering.in_words,
    "nomor_skrd_tangsel": numbering.skrd_tangsel,
    "nomor_bayar_tangsel": numbering.payment_tangsel,
    "npwrd_kota_bekasi": numbering.npwrd_bekasi,
}


def compute(formula: Any, inputs: Any, book: TariffBook | None = None) -> Note:
    """The note of a case, by our tariffs or another `book`. `Refusal` names the field and the reason, in Indonesian."""
    if not isinstance(formula, str) or formula not in FORMULAS:
        refuse("formula", f"rumus {formula!r} tidak dikenal; pilihannya {', '.join(FORMULAS)}")
    case = Inputs(inputs, book=book)
    made = FORMULAS[formula](case)
    case.finish()
    return made
