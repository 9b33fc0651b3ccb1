"""Recaps: what was assessed, received and is outstanding, per type, account code, Bidang or period, from the ledger.

Outstanding is what was demanded since the first SKRD and neither paid as principal, reduced nor written off by the end.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from catalogue.licences import licence_types
from contracts import retribution
from plumbing.messaging.book import Book, Reader
from services.retribution import books, ledger
from services.retribution.ledger import Account, Sums
from services.retribution.posting import COUNTS, ENDED, MEASURES, RECEIVED, RUPIAH, Amounts
from values.dates import office_date
from values.periods import Period, period, quarter_of
from values.refusal import Refusal

FIRST = "2000-01"
Filters = retribution.RecapOf | retribution.SkrdsOf
WITHOUT = "tanpa SKRD"


def recap(reader: Reader, question: retribution.RecapOf) -> dict:
    """The rows of a recap in the order of their names, and their sum. Whole rupiah; `skrd` and `payments` count."""
    span = named_period(question.period)
    before = _matching(total_until(reader, span.first - timedelta(days=1)), question)
    parts = {id: _matching(sums, question) for id, sums in _parts(reader, span, question.by).items()}
    if question.by in ("licence_type", "account_code", "bidang"):
        rows = _by_account(question.by, before, ledger.total(parts))
    else:
        rows = _by_time(question.by, before, parts)
    everything = _together([*parts.values()])
    return {
        "period": span.code,
        "name": span.name,
        "first": span.first.isoformat(),
        "last": span.last.isoformat(),
        "by": question.by,
        "rows": rows,
        "total": _figures(everything, _left(_together([before])) + _left(everything)),
    }


def named_period(code: str) -> Period:
    """The period of that name, or a refusal."""
    try:
        return period(code)
    except ValueError:
        raise Refusal("unknown_period", f"Masa {code} tidak ada dalam kalender.", field="period") from None


def total_until(source: Book | Reader, last: date) -> Sums:
    """The sums of everything until a day, that day included."""
    month = f"{last:%Y-%m}"
    whole = ledger.months(source, FIRST, month)
    whole.pop(month, None)
    return ledger.total(whole | ledger.days(source, last.replace(day=1), last))


def _parts(reader: Reader, span: Period, by: str) -> dict[str, Sums]:
    """The sums within a period by day or, where nothing finer is wanted, by month."""
    if by == "day" or len(span.code) == 10:
        return ledger.days(reader, span.first, span.last)
    return ledger.months(reader, f"{span.first:%Y-%m}", f"{span.last:%Y-%m}")


def _matching(sums: Sums, question: Filters) -> Sums:
    return {account: amounts for account, amounts in sums.items() if matches(account, question)}


def matches(account: Account, question: Filters) -> bool:
    """Whether sums under that account are among those asked for."""
    wanted = {name: getattr(question, name) for name in Account._fields}
    return all(value is None or getattr(account, name) == value for name, value in wanted.items())


def _by_account(by: str, before: Sums, within: Sums) -> list[dict]:
    """A row per type, account code or Bidang: also for what only has something outstanding from before."""
    keys = sorted({getattr(account, by) for account in (*before, *within)})
    rows = []
    for key in keys:
        mine, earlier = (
            _together([{account: amounts for account, amounts in sums.items() if getattr(account, by) == key}])
            for sums in (within, before)
        )
        figures = _figures(mine, _left(earlier) + _left(mine))
        if any(figures.values()):
            rows.append({"key": key, "name": name_of(by, key), **figures})
    return rows


def _by_time(by: str, before: Sums, parts: dict[str, Sums]) -> list[dict]:
    """A row per shorter period in which anything was posted; what is outstanding is that of its last day."""
    group: dict[str, Callable[[str], str]] = {
        "day": lambda id: id,
        "month": lambda id: id[:7],
        "quarter": lambda id: quarter_of(id[:7]),
        "year": lambda id: id[:4],
    }
    grouped: dict[str, list[Sums]] = {}
    for id, sums in parts.items():
        grouped.setdefault(group[by](id), []).append(sums)
    left, rows = _left(_together([before])), []
    for key, some in grouped.items():
        amounts = _together(some)
        left += _left(amounts)
        if any(amounts.values()):
            rows.append({"key": key, "name": period(key).name, **_figures(amounts, left)})
    return rows


def _together(some: list[Sums]) -> Amounts:
    return {measure: sum(amounts.get(measure, 0) for sums in some for amounts in sums.values()) for measure in MEASURES}


def _left(amounts: Amounts) -> int:
    return amounts["assessed"] - sum(amounts[measure] for measure in ENDED)


def _figures(amounts: Amounts, outstanding: int) -> Amounts:
    shown = {measure: amounts[measure] for measure in (*RUPIAH, *COUNTS)}
    return shown | {"received": sum(amounts[measure] for measure in RECEIVED), "outstanding": outstanding}


def name_of(by: str, key: str) -> str:
    """What a row is called."""
    if by == "licence_type" and key in licence_types():
        return licence_types()[key].name
    return key or WITHOUT


# --- every figure opens to its SKRDs ---------------------------------------------------------------------------------


def opened(reader: Reader, question: retribution.SkrdsOf) -> dict:
    """The SKRDs one figure is made of, in the order of day and file; `next` is empty when these are the last."""
    span = named_period(question.period)
    rows = (_outstanding if question.opened == "outstanding" else _posted)(reader, span, question)
    page = []
    for row in rows:
        if len(page) == question.most:
            return {"rows": page, "next": f"{page[-1]['day']}|{page[-1]['holder']}"}
        page.append({key: value for key, value in row.items() if key not in ("_id", "amounts")})
    return {"rows": page, "next": ""}


def _posted(reader: Reader, span: Period, question: retribution.SkrdsOf) -> Iterator[dict]:
    """Day by day, only those days that the sums say hold something of it: a page reads a day or two."""
    measures = RECEIVED if question.opened == "received" else (question.opened,)
    since = max(span.first, date.fromisoformat(question.after[:10])) if question.after else span.first
    for day, sums in ledger.days(reader, since, min(span.last, office_date(reader.now))).items():
        if not any(_matching(sums, question).values()):
            continue
        for posting in ledger.postings_of(reader, day):
            amount = sum(posting["amounts"].get(measure, 0) for measure in measures)
            account = Account(*(posting[name] for name in Account._fields))
            if amount and matches(account, question) and posting["_id"] > question.after:
                yield posting | {"amount": amount}


def _outstanding(reader: Reader, span: Period, question: retribution.SkrdsOf) -> Iterator[dict]:
    """The SKRDs of which principal was left at the end of the period: those that still owe, and those whose debt ended
    later. Only what was posted after the period is read for the second."""
    last = span.last.isoformat()
    since = span.last + timedelta(days=1)
    later = {
        posting["holder"]
        for day, sums in ledger.days(reader, since, max(since, office_date(reader.now))).items()
        if any(amounts.get(each) for amounts in sums.values() for each in ENDED)
        for posting in ledger.postings_of(reader, day)
        if any(posting["amounts"].get(each) for each in ENDED)
    }
    for owing in books.owing(reader, last, later):
        account = Account(*(owing[name] for name in Account._fields))
        if matches(account, question) and f"{owing['day']}|{owing['holder']}" > question.after:
            yield owing
