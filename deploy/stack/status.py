"""What is so: every part with its state, process, age and memory."""

import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from deploy.stack.home import Home
from deploy.stack.probes import ASKED, probe

WELL = ("ready", "done")


@dataclass(frozen=True)
class PartStatus:
    """One line of `ptsp status`.

    `state`: ready (answers its probe, or a room that consumes), starting (runs, does not answer yet), waiting,
    pausing (before a restart), frozen (stopped by a signal), done (ran once, ended well), failed, stopped. `seconds` it
    has run; `rss` is its resident memory in bytes, `pss` the same with shared pages divided among those who share them,
    both with its own children; `reason` why it is not well.
    """

    name: str
    state: str
    pid: int | None
    port: int | None
    seconds: float | None
    restarts: int
    rss: int
    pss: int
    reason: str | None

    @property
    def well(self) -> bool:
        """True when nothing needs to be done about it."""
        return self.state in WELL

    def as_dict(self) -> dict:
        """For `--json`."""
        return asdict(self)


def parts_of(home: Home) -> dict[str, PartStatus]:
    """Every part of the running stack by name, the supervisor first; empty when the stack is down."""
    state = home.state()
    if state is None or not home.is_up():
        return {}
    itself = {"state": "ready", "pid": state["pid"], "started": state["started"], "port": None, "ready_file": None}
    entries = {"supervisor": itself} | state["parts"]
    memory = _memory([entry["pid"] for entry in entries.values() if entry["pid"]])
    with ThreadPoolExecutor(len(entries)) as pool:
        judged = list(pool.map(lambda item: judge(home, *item), entries.items()))
    return {
        name: PartStatus(
            name,
            judgement,
            entry["pid"],
            entry["port"],
            time.time() - entry["started"] if entry.get("started") and entry["pid"] else None,
            entry.get("restarts", 0),
            *memory.get(entry["pid"], (0, 0)),
            reason,
        )
        for (name, entry), (judgement, reason) in zip(entries.items(), judged, strict=True)
    }


def judge(home: Home, name: str, entry: dict) -> tuple[str, str | None]:
    """The state of one part of state.json, after asking it: (state, reason)."""
    if entry["state"] != "running" or entry.get("once"):
        return entry["state"], entry.get("last_exit") if entry["state"] not in WELL else None
    if _frozen(pid := entry["pid"]):
        return "frozen", f"stopped by a signal: kill -CONT {pid} lets it go on, kill -9 {pid} starts it anew"
    if entry["ready_file"]:
        ready = Path(entry["ready_file"]).exists()
        return ("ready", None) if ready else ("starting", "does not consume yet")
    if name not in ASKED:
        return "ready", None
    reason = probe(home, name)
    return ("ready", None) if reason is None else ("starting", reason)


def _frozen(pid: int) -> bool:
    """Whether somebody stopped the process (SIGSTOP, a debugger): it lives and does nothing."""
    try:
        return psutil.Process(pid).status() in (psutil.STATUS_STOPPED, psutil.STATUS_TRACING_STOP)
    except psutil.NoSuchProcess:  # the supervisor will see it
        return False


def _memory(pids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """(resident, proportional) memory by process, each with its descendants that are not in the list themselves."""
    listed, parents = set(pids), {}
    for process in psutil.process_iter(["pid", "ppid"]):
        parents[process.info["pid"]] = process.info["ppid"]
    totals = dict.fromkeys(listed, (0, 0))
    for pid in parents:
        holder = pid
        while holder and holder not in listed:
            holder = parents.get(holder, 0)
        if holder:
            totals[holder] = tuple(map(sum, zip(totals[holder], _size(pid), strict=True)))
    return totals


def _size(pid: int) -> tuple[int, int]:
    """Resident memory and the proportional share (what several processes share is divided among them), in bytes."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return 0, 0  # it has ended meanwhile, or is not ours to look into
    fields = {name: int(rest.split()[0]) * 1024 for name, _, rest in (line.partition(":") for line in lines[1:])}
    return fields["Rss"], fields["Pss"]
