"""What is told when: the noticeboard is looked at every other second, each change becomes one post per subscription,
and a post is tried until it is taken or given up. Everything rests in the portal's own database, so a restart loses
nothing; a post is claimed before it is sent, so two portals do not send it at once."""

import hashlib
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from contracts.noticeboard import Notice
from plumbing.database import OwnRecords, RecordsAway
from portal.board import Board
from portal.face import now
from portal.file_view import file_view
from portal.webhooks.posting import Answer, post, signature
from portal.webhooks.subscriptions import Subscription, Subscriptions

log = logging.getLogger(__name__)

LOOK_EVERY, IDLE_EVERY = 2.0, 10.0  # seconds
OVERLAP = timedelta(seconds=15)  # what was told earlier may be written later
CLAIMED_FOR = timedelta(seconds=60)
PAUSES = (10, 60, 300, 1800, 7200, 21600, 43200)  # seconds after each failure; then it is given up, after some 21 hours
AT_ONCE, A_LOOK = 4, 500
KEPT = timedelta(days=14)

Body = Callable[[Notice, str], bytes]


class Post(NamedTuple):
    """One message and what became of it: `taken`, `waits`, `given_up`; `reason` is the receiver's last word."""

    at: datetime
    outcome: str
    reason: str


class Deliveries:
    """The thread that tells. `body` makes of a notice, and the id of the message, what is told."""

    def __init__(self, records: OwnRecords, board: Board, hooks: Subscriptions, body: Body, inside: bool):
        self._records, self._board, self._hooks, self._body, self._inside = records, board, hooks, body, inside
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End after the calls in hand."""
        self._end.set()
        self._thread.join(8)

    def of(self, hook: str, most: int = 10) -> list[Post]:
        """What became of the latest posts of a subscription, the newest first."""
        found = self._records.find("webhook_posts", {"hook": hook})
        latest = sorted(found, key=lambda each: each["made_at"], reverse=True)[:most]
        return [Post(datetime.fromisoformat(p.get("at") or p["made_at"]), p["outcome"], p["reason"]) for p in latest]

    def look(self, moment: datetime) -> int:
        """One look: new posts made, due ones sent; how many subscriptions there are."""
        hooks = {hook.id: hook for hook in self._hooks.told()}
        self._make(hooks, moment)
        if hooks:
            self._send(hooks, moment)
        return len(hooks)

    def _run(self) -> None:
        while not self._end.is_set():
            told = 0
            try:
                told = self.look(now())
            except RecordsAway as error:
                log.warning("webhooks wait for the database", extra={"reason": str(error)})
            except Exception:
                log.exception("webhooks: a look failed; the next one tries again")
            self._end.wait(LOOK_EVERY if told else IDLE_EVERY)

    def _make(self, hooks: dict[str, Subscription], moment: datetime) -> None:
        found = self._records.find("webhook_cursor", {"_id": "told_at"}, limit=1)
        since = datetime.fromisoformat(found[0]["at"]) if found else moment
        while hooks:
            notices = self._board.told_since(since - OVERLAP, A_LOOK)
            for notice in notices:
                self._make_posts(hooks, notice, moment)
            if len(notices) < A_LOOK or notices[-1].told_at - OVERLAP <= since:
                break
            since = notices[-1].told_at
        fields = {"at": moment.isoformat()}
        if not self._records.change("webhook_cursor", {"_id": "told_at"}, fields):
            self._records.add("webhook_cursor", {"_id": "told_at", **fields})
        self._records.remove("webhook_posts", {"made_at": {"$lt": (moment - KEPT).isoformat()}})

    def _make_posts(self, hooks: dict[str, Subscription], notice: Notice, moment: datetime) -> None:
        if notice.moved is None:
            return
        kind = file_view(notice, moment).kind
        for hook in hooks.values():
            if notice.told_at >= hook.since and hook.wants(notice, kind):
                fields = {"hook": hook.id, "file": notice.id, "made_at": moment.isoformat()}
                fields |= {"tries": 0, "next_at": moment.isoformat(), "outcome": "waits", "reason": ""}
                self._records.add("webhook_posts", {"_id": f"{hook.id}/{notice.id}/{_print(notice)}", **fields})

    def _send(self, hooks: dict[str, Subscription], moment: datetime) -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for hook in hooks.values():
                if hook.resting_until is None or hook.resting_until <= moment:
                    pool.submit(self._send_to, hook, moment)

    def _send_to(self, hook: Subscription, moment: datetime) -> None:
        """What is due for one receiver, the oldest first, until it fails once."""
        try:
            due = self._records.find("webhook_posts", {"hook": hook.id, "outcome": "waits"}, by="made_at", limit=A_LOOK)
            for each in due:
                if self._end.is_set() or each["next_at"] > moment.isoformat():
                    continue
                claim = {"next_at": (moment + CLAIMED_FOR).isoformat()}
                if not self._records.change("webhook_posts", {"_id": each["_id"], "next_at": each["next_at"]}, claim):
                    continue
                if not self._told(hook, each):
                    return
            if due and hook.failures:
                self._hooks.answered(hook.id)
        except RecordsAway as error:
            log.warning("webhooks wait for the database", extra={"reason": str(error)})
        except Exception:
            log.exception("webhooks: a post failed", extra={"subscription": hook.id})

    def _told(self, hook: Subscription, each: dict[str, Any]) -> bool:
        notice = self._board.notice_of(each["file"])
        body = self._body(notice, each["_id"]) if notice else b""
        at = int(time.time())
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "ptsp-webhook/1",
            "PTSP-Signature": signature(hook.secret, at, body),
        }
        answer = post(hook.url, body, headers, self._inside)
        if answer.taken:
            self._keep(each, outcome="taken", reason=answer.reason, at=now())
            return True
        if answer.status == 410:
            self._keep(each, outcome="given_up", reason=answer.reason, at=now())
            self._hooks.stop(hook.id, "gone")
            return False
        self._failed(hook, each, answer)
        return False

    def _failed(self, hook: Subscription, each: dict[str, Any], answer: Answer) -> None:
        tries, moment = each["tries"] + 1, now()
        over = tries > len(PAUSES)
        pause = timedelta(seconds=PAUSES[min(tries, len(PAUSES)) - 1])
        self._keep(
            each, outcome="given_up" if over else "waits", reason=answer.reason, at=moment, next_at=moment + pause
        )
        self._hooks.failed(hook, moment + timedelta(seconds=PAUSES[min(hook.failures, len(PAUSES) - 1)]))
        log.warning("a webhook was not taken", extra={"subscription": hook.id, "reason": answer.reason, "tries": tries})

    def _keep(self, each: dict[str, Any], outcome: str, reason: str, at: datetime, next_at: datetime | None = None):
        fields = {"outcome": outcome, "reason": reason, "tries": each["tries"] + 1, "at": at.isoformat()}
        self._records.change(
            "webhook_posts", {"_id": each["_id"]}, fields | {"next_at": next_at.isoformat() if next_at else ""}
        )


def _print(notice: Notice) -> str:
    """A short print of what a notice says, whenever it was told."""
    said = notice.model_dump_json(exclude={"told_at", "counted", "desks"})
    return hashlib.sha256(said.encode()).hexdigest()[:16]
