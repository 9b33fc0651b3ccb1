"""What an operator of the bus sees and does, in the office's words.

Read in this order: `words` (Indonesian for every message), `broker` (what RabbitMQ shows), `files` (which application a
message is about), `status` (is anything stuck), `story` (one application from end to end). What was put aside is in
`plumbing.messaging.parked`, the account of the whole bus in `plumbing.messaging.account`.
"""
