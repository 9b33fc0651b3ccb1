"""Which papers are licences of this office: each of a type that is there, each asked for by some type."""

from pathlib import Path

import pytest

from catalogue.depends import licence_for, load_depends
from catalogue.licences import licence_types
from catalogue.reading import CatalogueFault


def test_a_paper_that_is_a_licence_names_its_type_and_others_name_none():
    assert licence_for("imb_induk") == "imb" and licence_for("ktp") is None
    assert set(load_depends().values()) <= licence_types().keys()


@pytest.mark.parametrize(
    ("written", "key"), [("{imb: palace}", "papers.imb"), ("{crown: imb}", "papers.crown"), ("[imb]", "papers")]
)
def test_what_does_not_exist_is_named_with_its_key(tmp_path: Path, written: str, key: str):
    (tmp_path / "depends.yaml").write_text(f"papers: {written}\n", encoding="utf-8")
    with pytest.raises(CatalogueFault) as fault:
        load_depends(tmp_path)
    assert key in str(fault.value)
