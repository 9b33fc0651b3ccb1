"""`python -m bench`: every measurement, one after the other."""

import sys

from bench import bus, demo, rest

for measure in (bus, rest, demo):
    sys.argv = [measure.__name__]
    measure.main()
