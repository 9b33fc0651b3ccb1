"""`ptsp trace RESI`: the whole story of one application, from what the rooms wrote down."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer
from rich.console import Group, RenderableType
from rich.text import Text
from rich.tree import Tree

from contracts.intake import FindApplication
from contracts.people import Actor
from contracts.retribution import FindAssessment
from plumbing.messaging.calls import Away, Fault, Office
from plumbing.messaging.operations import words
from plumbing.messaging.operations.broker import BusAway
from plumbing.messaging.operations.files import FileName
from plumbing.messaging.operations.story import Entry, Paper, Story, tell
from plumbing.messaging.operations.turn_words import PAPERS, STATUSES
from plumbing.messaging.parked import Parked, short
from plumbing.settings import OfficeSettings
from plumbing.statement import mint
from ptsp.bus import office, seen
from ptsp.here import console, office_settings
from ptsp.stack import HomeOption
from values.dates import long_date
from values.refusal import Refusal
from values.rupiah import format_rupiah

ANSWER_SECONDS = 4.0
MARKS = {"fact": "●", "act": "○", "letter": "✉"}


@seen
def trace(
    resi: Annotated[str, typer.Argument(metavar="RESI", help="Nomor resi, atau id permohonan.")],
    as_json: Annotated[bool, typer.Option("--json", help="Sebagai JSON, satu-satunya keluaran.")] = False,
    operator: Annotated[str, typer.Option("--as", metavar="ID", envvar="PTSP_OPERATOR")] = "operator-1",
    home: HomeOption = None,
) -> None:
    """Seluruh riwayat satu permohonan: setiap peristiwa, dokumen, surat, orang dan waktu, lalu di mana ia sekarang."""
    settings = office_settings(home)
    with office(home) as (parked, files, client):
        application = files.id_of(resi)
        hearings, unseen = _hearings(parked)
        story = tell(client, application, hearings=hearings)
        name = files.named([application])[application]
    stands = _standing(settings, application, operator)
    if as_json:
        typer.echo(json.dumps(_plain(story, name, stands, unseen), indent=1, ensure_ascii=False, default=_iso))
    else:
        console().print(drawn(story, name, stands, unseen))


def drawn(story: Story, name: FileName, stands: dict[str, Any], unseen: str | None) -> RenderableType:
    """The story as a tree, readable at 100 columns."""
    tree = Tree(Text(str(name), style="bold"), guide_style="dim")
    tree.add(Text(f"id permohonan {story.application}", style="dim"))
    for entry in story.entries:
        _draw_entry(tree, entry)
    parts: list[RenderableType] = [tree, Text()]
    parts += [Text(line, style="red") for line in _stuck(story)]
    if unseen:
        parts.append(Text(f"Pendengar yang belum menerima tidak dapat diketahui: {unseen}", style="yellow"))
    parts += [Text(line) for line in _debt(stands.get("owed"))]
    last = story.entries[-1].what if story.entries else "belum ada catatan"
    parts.append(Text(f"Keadaan sekarang: {_stands(stands, last)}", style="bold"))
    return Group(*parts)


def _draw_entry(tree: Tree, entry: Entry) -> None:
    line = Text(f"{words.clock(entry.at)}  {MARKS[entry.kind]} ", style="")
    line.append(entry.what, style="bold" if entry.kind == "fact" else "")
    line.append(f"  [{words.room(entry.room)}]", style="dim")
    branch = tree.add(line)
    if entry.kind == "letter":
        line.append(f" {entry.outcome}", style="" if entry.outcome == words.DELIVERED["sent"] else "yellow")
        return
    by = f"menyusul “{entry.came_from}”" if entry.came_from else f"oleh {entry.who}"
    paper = f", pada berkas {words.moment(entry.on_paper)}" if entry.on_paper else ""
    branch.add(Text(f"{by}{paper}"))
    if entry.basis:
        branch.add(Text(f"karena {entry.basis}"))
    for document in entry.papers:
        branch.add(Text(_paper(document)))
    if entry.heard:
        took = [f"{words.room(h.room)} {_after(entry.at, h.at)}" for h in entry.heard if h.at]
        late = [words.room(h.room) for h in entry.heard if h.at is None]
        heard = Text(f"diterima {', '.join(took)}" if took else "", style="dim")
        branch.add(heard.append(f"{'; ' if took else ''}BELUM diterima {', '.join(late)}", "red") if late else heard)


def _paper(paper: Paper) -> str:
    number = f" {paper.number}" if paper.number else ""
    kind = PAPERS.get(paper.kind, paper.kind)
    return f"dokumen {kind}{number} · {paper.size / 1000:.1f} kB · sha256 {paper.sha256[:12]}…"


def _after(said: datetime, heard: datetime) -> str:
    seconds = max(0.0, (heard - said).total_seconds())
    return f"+{seconds:.1f} s" if seconds < 60 else f"+{words.span(heard - said)}"


def _stuck(story: Story) -> list[str]:
    now = datetime.now(UTC)
    lines = [
        f"Dicoba lagi: {words.step(t.room, t.type)}; {words.reason(t.reason)}; {t.attempts} kali sejak "
        f"{words.moment(t.since)}; berikutnya {words.moment(max(now, t.next_try))}"
        for t in story.troubles
    ]
    states = {"open": "menunggu operator", "replayed": "sudah diputar ulang", "discarded": "sudah dibuang"}
    for each in story.parked:
        step = words.step(each["room"], each["type"], command=each["command"])
        since = f"sejak {words.moment(each['first_failed'])}"
        lines.append(
            f"Disisihkan {short(each)}: {step}; {words.reason(each['reason'])}; {since}; {states[each['state']]}"
        )
    return lines


def _hearings(parked: Parked) -> tuple[list | None, str | None]:
    """Who should hear what, and the tray filed; the story can be told without the broker."""
    try:
        parked.file()
        return parked.broker.hearings(), None
    except BusAway as away:
        return None, str(away)


def _standing(settings: OfficeSettings, application: str, operator: str) -> dict[str, Any]:
    """Where intake says it stands: {"standing": …}, or {"silent": why} when the room does not answer."""
    asker = Office(settings.broker_url.get_secret_value())
    try:
        statement = mint(Actor(id=operator, role="operator"), settings.statement_private_key.get_secret_value())
        answer = asker.call(FindApplication(application_id=application), statement, ANSWER_SECONDS)
        stands = {"standing": answer["standing"], "promised_on": answer["promised_on"]}
        return stands | {"owed": _owed(asker, application, statement)}
    except (Away, Fault) as why:
        return {"silent": str(why)}
    finally:
        asker.close()


def _owed(asker: Office, application: str, statement: str) -> dict[str, Any] | None:
    """What retribution says is owed today; None where nothing was demanded, or the room does not answer."""
    try:
        return asker.call(FindAssessment(application_id=application), statement, ANSWER_SECONDS)["owed"]
    except (Refusal, Away, Fault):
        return None


def _debt(owed: dict[str, Any] | None) -> Iterator[str]:
    """What is late, with every line of the interest; nothing where nothing is."""
    if not owed or not (owed["principal_left"] or owed["interest"]):
        return
    left = f"pokok {format_rupiah(owed['principal_left'])}, bunga {format_rupiah(owed['interest_left'])}"
    yield f"Belum dibayar per {long_date(date.fromisoformat(owed['on']))}: {left}"
    for line in owed["lines"]:
        yield f"  bunga {line['said']} [{line['article']}]"
    if owed["interest"]:
        yield from (f"  {remark}" for remark in owed["remarks"])


def _stands(stands: dict[str, Any], last: str) -> str:
    if "silent" in stands:
        return f"ruang Pendaftaran tidak menjawab; catatan terakhir: {last}."
    state = stands["standing"]
    since = words.moment(datetime.fromisoformat(state["since"]))
    held = f", dipegang {state['holder']}" if state["step"] else ""
    promise = stands["promised_on"]
    promised = f"; janji selesai {long_date(date.fromisoformat(promise))}" if promise else ""
    return f"{STATUSES.get(state['status'], state['status'])}{held}, sejak {since}{promised}."


def _plain(story: Story, name: FileName, stands: dict[str, Any], unseen: str | None) -> dict[str, Any]:
    parked = [{k: v for k, v in e.items() if k not in ("_id", "asker")} | {"id": short(e)} for e in story.parked]
    return {
        "application": story.application,
        "resi": name.resi,
        "licence": name.licence,
        "story": [asdict(entry) for entry in story.entries],
        "troubles": [asdict(trouble) for trouble in story.troubles],
        "parked": parked,
        "hearers_unseen": unseen,
        **stands,
    }


def _iso(value: Any) -> str:
    if isinstance(value, datetime):
        return words.aware(value).isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")
