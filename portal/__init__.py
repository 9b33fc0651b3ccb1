"""The portal: the face of the office for the public. It reads what the noticeboard was told, and the catalogue.

A process of its own (`python -m portal`), with neither nameko nor eventlet in it. It asks no room: with every room down
it shows what is known, and says how old that is.
"""
