"""`ptsp`: the command line of the office. This file only lists the commands."""

import sys

import typer

from catalogue.reading import CatalogueFault
from deploy.stack import StackProblem
from plumbing.settings import SettingsError
from ptsp import bus, officers, retribution, stack, statements, trace, treasury
from ptsp.catalogue.command import app as catalogue
from ptsp.demo.command import demo
from ptsp.quote.command import quote_file
from values.refusal import Refusal

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)

app.command("up")(stack.up)
app.command("down")(stack.down)
app.command("status")(stack.status)
app.command("demo")(demo)
app.command("trace")(trace.trace)
app.command("quote")(quote_file)
app.add_typer(catalogue, name="catalogue")
app.add_typer(bus.app, name="bus")
app.add_typer(officers.app, name="officers")
retribution.app.command("recap")(treasury.recap)
retribution.app.command("cash-book")(treasury.cash_book)
retribution.app.command("matching")(treasury.matching)
retribution.app.command("statement")(statements.statement)
retribution.app.command("reconcile")(statements.reconcile)
app.add_typer(retribution.app, name="retribution")


def main() -> None:
    """Run a command; what a person can mend is said in plain words, with exit code 1, everything else is a bug."""
    try:
        app()
    except (StackProblem, SettingsError) as problem:
        sys.exit(f"ptsp: {problem}")
    except Refusal as no:
        sys.exit(f"ptsp: {no.message} {no.remedy or ''}".rstrip())
    except CatalogueFault as fault:
        sys.exit(f"ptsp: katalog salah: {fault}. Lihat `ptsp catalogue check`.")


if __name__ == "__main__":
    main()
