"""`ptsp officers`: who may sign in at the portal as an officer."""

from typing import Annotated

import typer

from deploy.stack.home import Home
from ptsp.here import office_settings
from ptsp.people import give_passphrase, passphrase_replaced
from ptsp.stack import HomeOption

app = typer.Typer(no_args_is_help=True, help="Petugas yang masuk lewat portal.")


@app.command()
def passphrase(
    officer: Annotated[str, typer.Argument(metavar="ID", help="Id petugas dalam data organisasi, atau NIP.")],
    operator: Annotated[str, typer.Option("--as", metavar="ID", envvar="PTSP_OPERATOR")] = "operator-1",
    home: HomeOption = None,
) -> None:
    """Beri petugas frasa sandi baru; dicetak sekali ini, diganti petugas pada saat masuk."""
    given = give_passphrase(office_settings(home), officer, operator)
    passphrase_replaced(Home.at(home), given.officer)
    typer.echo(f"{given.officer}  {given.passphrase}")
