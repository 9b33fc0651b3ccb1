"""The recap of paid retribution as the office hands it over (`recap.yaml`): to whom, on which basis, who signs."""

from functools import cache

from catalogue.reading import DATA, Entry, build, read_yaml


class _Signatory(Entry):
    role: str
    source: str
    assumed: bool


class RecapRules(Entry):
    """`addressee` and `basis` are printed; the copies go to the agencies of the types in the recap."""

    addressee: str
    basis: str
    signatory: _Signatory


@cache
def recap_rules() -> RecapRules:
    """Read once."""
    file = DATA / "recap.yaml"
    return build(RecapRules, read_yaml(file), file)
