"""The run while it runs, on standard error: where the files stand, how fast they go, how long it will still take."""

import sys
import time
from collections import deque

from rich.console import Console, Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from ptsp.demo.driver import Run
from ptsp.demo.numerals import decimal, seconds, whole

ORDER = (
    "belum masuk",
    "pemeriksaan kelengkapan",
    "menunggu tim teknis",
    "pemeriksaan tim teknis",
    "penetapan retribusi",
    "menunggu pembayaran",
    "langkah layanan",
    "paraf dan tanda tangan",
    "penyerahan",
    "pengarsipan",
    "selesai",
)
WINDOW = 15.0  # seconds over which the speed is taken
PLAIN_EVERY = 5.0  # seconds between lines when nobody watches a screen


class Progress:
    """Shows a run. On a terminal one picture that changes; otherwise a line every few seconds."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._live = Live(console=self._console, auto_refresh=False, transient=True)
        self._watched = sys.stderr.isatty()
        self._began = self._shown = time.monotonic()
        self._finished: deque[tuple[float, int]] = deque()

    def __enter__(self) -> "Progress":
        if self._watched:
            self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._watched:
            self._live.stop()

    def say(self, line: str) -> None:
        """One line that stays."""
        self._console.print(line, style="dim", highlight=False)

    def show(self, run: Run) -> None:
        """How it stands now."""
        now = time.monotonic()
        self._finished.append((now, run.finished))
        while now - self._finished[0][0] > WINDOW:
            self._finished.popleft()
        if self._watched:
            self._live.update(self._picture(run, now), refresh=True)
        elif now - self._shown > PLAIN_EVERY:
            self._shown = now
            print(self._line(run, now), file=sys.stderr, flush=True)

    def _speed(self) -> float:
        (began, first), (ended, last) = self._finished[0], self._finished[-1]
        return (last - first) / (ended - began) if ended > began else 0.0

    def _line(self, run: Run, now: float) -> str:
        left = len(run.lives) - run.finished
        speed = self._speed()
        eta = f", kira-kira {seconds(left / speed)} lagi" if speed and left else ""
        return (
            f"{seconds(now - self._began)}: {whole(run.finished)} dari {whole(len(run.lives))} selesai, "
            f"{decimal(speed)} per detik{eta}"
        )

    def _picture(self, run: Run, now: float) -> Group:
        counts = run.by_step()
        table = Table.grid(padding=(0, 2))
        table.add_column(justify="right", width=7)
        table.add_column(width=26)
        table.add_column(width=32)
        for step in ORDER:
            style = "green" if step == "selesai" else None
            bar = ProgressBar(total=len(run.lives), completed=counts[step], width=30)
            table.add_row(whole(counts[step]), Text(step, style=style or ""), bar)
        again = run.counts["away"] + run.counts["store_away"]
        notes = [f"{whole(run.counts['answered'])} perintah dijawab"]
        notes += [f"{whole(again)} diulang karena tidak terjawab"] if again else []
        notes += [f"[red]{len(run.failures)} terhenti[/red]"] if run.failures else []
        return Group(Text(self._line(run, now), style="bold"), table, Text.from_markup(" · ".join(notes), style="dim"))
