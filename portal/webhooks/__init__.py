"""Webhooks: other programs are told when a file moves. `subscriptions` who is told of what, `posting` how one call is
made and signed, `delivering` what is told when, again and again until it was taken or given up.

It is made of what the noticeboard knows, beside the bus: the rooms do not notice, and a receiver that hangs holds up
nobody. Each change of a file is told once per subscription, in any order; `id` is the same on every attempt.
"""
