"""`python -m bench`: every measurement, one after the other."""

import sys

from bench import bus, catalogue, clock, demo, notes, rest

for measure in (bus, rest, catalogue, clock, notes, demo):
    sys.argv = [measure.__name__]
    measure.main()
