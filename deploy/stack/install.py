"""`python -m deploy.stack.install`: see that the programs of the stack are there, get RabbitMQ when it is not.

With `--browser` also Chromium, which the tests need and the office does not.
"""

import sys

from deploy.stack.problem import StackProblem
from deploy.stack.programs import ensure_browser, ensure_installed

if __name__ == "__main__":
    try:
        ensure_installed()
        if "--browser" in sys.argv:
            ensure_browser()
    except StackProblem as problem:
        sys.exit(str(problem))
