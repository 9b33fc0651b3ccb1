"""`python -m bench`: every measurement, one after the other."""

import sys

from bench import bus, catalogue, clock, demo, portal, rest

for measure in (bus, rest, catalogue, clock, portal, demo):
    sys.argv = [measure.__name__]
    measure.main()
