"""The bus: what a room commits and what it says are one write, and each event takes effect exactly once.

Read in this order: `envelope` (what travels), `book` (what an action writes in), `desk` (a transaction per batch),
`relay` (from the outbox to the broker), `inlet` and `listener` (from the broker to the desk), `afterwards` (answers,
retry and parking), `doors` (the nameko entrypoints), `calls` (commands from the portal and the command line),
`topology` (queues and exchanges), `operations` (what an operator sees and does).
"""
