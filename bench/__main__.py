"""`python -m bench`: every measurement, one after the other."""

import sys

from bench import bus, catalogue, clock, demo, portal, rest, sweep

for measure in (bus, rest, catalogue, clock, sweep, portal, demo):
    sys.argv = [measure.__name__]
    measure.main()
