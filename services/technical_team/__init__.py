"""The technical team examines files for the SKPD concerned: tasks, appointments, findings, berita acara.

Hears: a file stands before the team; it was withdrawn or refused; its own verified berita acara and addenda, to
print them.
Says: a task was offered, an appointment booked, a berita acara verified and filed, an addendum signed and
filed.
Keeps: `cases` (one document per file), `workload` (open tasks per officer), `calendar` (who is booked when),
`series`, `numbers`.
"""
