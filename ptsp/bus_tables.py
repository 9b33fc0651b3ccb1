"""How `ptsp bus` looks on the screen, in office words, readable at 100 columns."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from plumbing.messaging.operations import words
from plumbing.messaging.operations.files import FileName
from plumbing.messaging.operations.status import BusState, RoomState, Trouble
from plumbing.messaging.parked import Entry, short

LISTED = 15  # retries shown; the rest is counted
SHOWN_FIELDS = ("queue", "room", "handler", "event", "type", "application", "asker", "cause", "trace", "message_id")
COUNTED = ("Menunggu", "Dikerjakan", "Coba lagi", "Disisihkan", "Belum terkirim")
WIDTHS = {"Berkas": 22, "Langkah": 18, "Sebab": 16}  # columns that may break into lines
NUMBERS = ("waiting", "in_hand", "retrying", "parked", "unsent")


def status(state: BusState, names: Mapping[str, FileName]) -> RenderableType:
    """All rooms, then what is retried, then in plain words what has to be done."""
    table = _table("Ruang", "Menunggu", "Dikerjakan", "Coba lagi", "Disisihkan", "Belum terkirim", "Tertua", "Pintu")
    for room in state.rooms:
        counts = [Text(str(getattr(room, name)), style=_style(room, name)) for name in NUMBERS]
        table.add_row(words.room(room.room), *counts, words.ago(room.oldest, state.at), _doors(room))
    parts: list[RenderableType] = [table, Text()]
    if state.troubles:
        parts += [Text("Menunggu dicoba lagi (berjalan sendiri):", style="bold"), _troubles(state, names), Text()]
    return Group(*parts, *_to_do(state))


def parked(entries: Sequence[Entry], names: Mapping[str, FileName], now: datetime) -> RenderableType:
    """What waits for an operator. The program's own words about the reason are in `show`."""
    if not entries:
        return Text("Tidak ada pesan yang disisihkan.", style="green")
    table = _table("No.", "Berkas", "Langkah", "Dicoba", "Sebab", "Berikutnya")
    for each in entries:
        table.add_row(
            Text(short(each), style="bold"),
            _file(each["application"], names),
            words.step(each["room"], each["type"], command=each["command"]),
            _tried(each["attempts"], words.aware(each["first_failed"]), now),
            words.reason(each["reason"]),
            "orangnya" if each["command"] else "operator",
        )
    count = len({e["application"] for e in entries})
    return Group(table, Text(f"\n{len(entries)} pesan dari {count} berkas menunggu keputusan operator."))


def entry(entry: Entry, name: FileName, body: str | None, now: datetime) -> RenderableType:
    """One entry whole."""
    table = Table.grid(padding=(0, 2))
    rows = {
        "No.": entry["_id"],
        "Berkas": str(name),
        "Langkah": words.step(entry["room"], entry["type"], command=entry["command"]),
        "Keadaan": {"open": "menunggu operator", "replayed": "diputar ulang", "discarded": "dibuang"}[entry["state"]],
        "Sebab": _reason(entry["reason"]),
        "Disisihkan oleh": "perantara pesan" if entry["by"] == "broker" else "ruangnya sendiri",
        "Dicoba": f"{entry['attempts']} kali",
        "Pertama gagal": f"{words.moment(entry['first_failed'])} ({words.ago(entry['first_failed'], now)})",
        "Terakhir gagal": words.moment(entry["last_failed"]),
        "Isi": f"{len(entry['body'])} byte",
    }
    rows |= {field: entry[field] for field in SHOWN_FIELDS if entry[field]}
    for label, value in rows.items():
        table.add_row(Text(label, style="bold"), value if isinstance(value, Text) else Text(str(value)))
    parts: list[RenderableType] = [table]
    for line in entry["audit"]:
        told = {"replayed": "diputar ulang", "discarded": "dibuang"}[line["what"]]
        why = f": {line['why']}" if line["why"] else ""
        parts.append(Text(f"\n{words.clock(line['at'])}  {told} oleh {line['operator']} ({line['os_user']}){why}"))
    if entry["traceback"]:
        parts += [Text("\nJejak kesalahan:", style="bold"), Padding(Text(entry["traceback"]), (0, 0, 0, 2))]
    if body is not None:
        parts += [Text("\nIsi pesan:", style="bold"), Padding(Text(body), (0, 0, 0, 2))]
    return Group(*parts)


def plain(entry: Entry, name: FileName | None, whole: bool = False) -> dict[str, Any]:
    """An entry for JSON, without its body."""
    fields = {k: v for k, v in entry.items() if k not in ("_id", "body", "headers", "traceback")}
    fields |= {"id": short(entry), "full_id": entry["_id"]}
    fields |= {"resi": name and name.resi, "licence": name and name.licence}
    fields |= {"step": words.step(entry["room"], entry["type"], command=entry["command"])}
    fields |= {"why": words.reason(entry["reason"])}
    return fields | ({"traceback": entry["traceback"], "headers": dict(entry["headers"])} if whole else {})


def _to_do(state: BusState) -> list[Text]:
    lines = []
    for room in state.rooms:
        if room.down:
            lines.append(
                Text(f"RUANG {words.room(room.room).upper()} TUTUP: tidak ada yang bekerja di sana.", "bold red")
            )
        elif room.closed:
            lines.append(Text(f"{words.room(room.room)}: {room.closed} dari {room.doors} pintu tertutup.", "red"))
        if room.silent:
            lines.append(
                Text(
                    f"{words.room(room.room)}: tersambung, tetapi terakhir memberi tanda hidup "
                    f"{words.ago(room.silent, state.at)}. Mulai ulang prosesnya (nomornya: ptsp status); yang "
                    "dipegangnya kembali ke antrean.",
                    "bold red",
                )
            )
        if room.unsent:
            lines.append(
                Text(f"{words.room(room.room)}: {room.unsent} kabar belum terkirim lebih dari 10 detik.", "red")
            )
    if state.parked:
        lines.append(Text(f"{state.parked} pesan disisihkan dan menunggu operator: ptsp bus parked", "red"))
    if state.unrouted:
        lines.append(Text(f"{state.unrouted} pesan tidak didengar ruang mana pun (antrean unrouted).", "red"))
    return lines or [Text("Tidak ada yang tersangkut.", "green")]


def _troubles(state: BusState, names: Mapping[str, FileName]) -> RenderableType:
    table = _table("Berkas", "Langkah", "Dicoba", "Sebab", "Berikutnya")
    for each in state.troubles[:LISTED]:
        table.add_row(
            _file(each.application, names),
            words.step(each.room, each.type),
            _tried(each.attempts, each.since, state.at),
            words.reason(each.reason),
            _next(each, state.at),
        )
    more = len(state.troubles) - LISTED
    return Group(table, Text(f"dan {more} lagi")) if more > 0 else table


def _tried(attempts: int, since: datetime, now: datetime) -> str:
    return f"{attempts} kali, sejak\n{words.moment(since)}\n{words.ago(since, now)}"


def _next(trouble: Trouble, now: datetime) -> str:
    return "sekarang" if trouble.next_try <= now else f"dalam {words.span(trouble.next_try - now)}"


def _doors(room: RoomState) -> Text:
    if room.down:
        return Text("TUTUP", style="bold red")
    if room.silent:
        return Text("diam", style="bold red")
    if room.closed:
        return Text(f"{room.closed}/{room.doors} tertutup", style="red")
    return Text("buka", style="green")


def _style(room: RoomState, name: str) -> str:
    return "red" if name in ("parked", "unsent") and getattr(room, name) else ""


def _file(application: str, names: Mapping[str, FileName]) -> Text:
    name = names.get(application)
    if name is None or name.licence is None:
        return Text(application or "tidak diketahui")
    return Text(f"{name.resi or 'belum beresi'}\n{name.licence}")


def _reason(reason: str) -> Text:
    """In words, then what the program said."""
    text = Text(words.reason(reason))
    return text.append(f"\n{reason[:160]}", style="dim") if reason else text


def _table(*columns: str) -> Table:
    """Columns without lines between them: at 100 characters every one counts."""
    table = Table(box=SIMPLE_HEAD, header_style="bold", padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for column in columns:
        side = "right" if column in COUNTED else "left"
        table.add_column(column, justify=side, overflow="fold", width=WIDTHS.get(column), no_wrap=column not in WIDTHS)
    return table
