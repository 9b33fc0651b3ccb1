"""What holds for every question to the API: only keys that are described, each of them once."""

from fastapi import Request

from portal.api.problems import Trouble, WrongField


def only_known_keys(request: Request) -> None:
    """422 for a query key the address does not know, or one that stands twice."""
    known = [field.alias for field in request.scope["route"].dependant.query_params]
    given = [key for key, _ in request.query_params.multi_items()]
    remedy = f"Yang dikenal: {', '.join(known)}." if known else "Alamat ini tidak mengenal isian."
    wrong = [_wrong(key, "unknown_key", "Isian ini tidak dikenal.", remedy) for key in given if key not in known]
    wrong += [
        _wrong(key, "repeated_key", "Isian ini tertulis dua kali.", "Tulis satu kali saja.")
        for key in sorted({key for key in given if given.count(key) > 1})
    ]
    if wrong:
        raise Trouble("invalid_input", "Periksa isian yang disebut dalam `errors`.", wrong[:20])


def _wrong(key: str, code: str, detail: str, remedy: str) -> WrongField:
    return WrongField(field=key[:80] or "?", code=code, detail=detail, remedy=remedy)
