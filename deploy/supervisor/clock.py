"""Telling a process from a later one with the same number."""

from pathlib import Path


def started_ticks(pid: int) -> int | None:
    """When the process was started, in clock ticks since boot; None when it is gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    except (FileNotFoundError, ProcessLookupError):
        return None
