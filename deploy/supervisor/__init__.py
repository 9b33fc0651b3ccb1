"""Keeps the parts of one stack running: starts them in order, restarts what dies, stops them in order.

It knows nothing of the office: it carries out the plan that `deploy.stack` wrote into the data folder. Only the
standard library is imported here, so that the one process that must always live stays small.

`HOME/run/plan.json` (mode 600, for it holds each part's environment):

    {"owner": {"pid": 1, "ticks": 2} or null,        stop everything when this process is gone (test sessions)
     "deaths_allowed": 5,                             within a minute, then the part is marked failed
     "parts": [{"name": "broker", "argv": [...], "env": {...}, "after": ["epmd"],
                "once": false,                        true: must end with 0, and is done then
                "stage": 1, "grace": 30,              stopped in rising stages, each with seconds before SIGKILL
                "orphan_signal": 15,                  what the kernel sends it when the supervisor is killed
                "ready_file": null, "port": 5672,
                "prompt": false}]}                    true: takes the processor at once when woken (decision 0011)

`HOME/run/state.json` says what is so; it holds no secret.
"""
