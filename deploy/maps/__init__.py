"""The maps of the house, drawn from the house itself: `python -m deploy.maps` draws them anew.

`flow` is who says and hears what (docs/flow.md), `schemas` the shape and an example of every message (the folders
schemas and examples in contracts/), `asyncapi` the whole bus in one document (contracts/asyncapi.json). Nothing here
runs in the office; tests/test_house.py fails when a drawing is older than the code it shows.
"""
