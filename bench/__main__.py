"""`python -m bench`: every measurement, one after the other."""

import sys

from bench import bus, catalogue, clock, demo, rest, sweep

for measure in (bus, rest, catalogue, clock, sweep, demo):
    sys.argv = [measure.__name__]
    measure.main()
