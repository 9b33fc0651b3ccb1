"""`python -m bench`: every measurement, one after the other."""

import sys

from bench import bus, catalogue, clock, demo, notes, portal, rest, sweep

for measure in (bus, rest, catalogue, clock, notes, sweep, portal, demo):
    sys.argv = [measure.__name__]
    measure.main()
