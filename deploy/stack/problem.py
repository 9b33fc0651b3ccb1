"""Why a stack cannot do what was asked."""


class StackProblem(Exception):
    """Said to the person at the keyboard as it is, without a traceback: it names what to do."""


class SupervisorGone(StackProblem):
    """The process that keeps the parts running has ended while somebody counted on it."""
