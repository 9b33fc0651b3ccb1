"""`python -m deploy.stack.install`: see that the programs of the stack are there, get RabbitMQ when it is not."""

import sys

from deploy.stack.problem import StackProblem
from deploy.stack.programs import ensure_installed

if __name__ == "__main__":
    try:
        ensure_installed()
    except StackProblem as problem:
        sys.exit(str(problem))
