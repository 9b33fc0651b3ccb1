"""Figures as Indonesians write them: a point between thousands, a comma before decimals."""


def whole(number: int) -> str:
    """`57025` becomes `57.025`."""
    return f"{number:,}".replace(",", ".")


def decimal(number: float, places: int = 1) -> str:
    """`1234.5` becomes `1.234,5`."""
    return f"{number:,.{places}f}".translate(str.maketrans(",.", ".,"))


def seconds(number: float) -> str:
    """A short or long time: `0,18 detik`, `12,4 detik`, `3 menit 20 detik`."""
    if number < 10:
        return f"{decimal(number, 2)} detik"
    if number < 120:
        return f"{decimal(number)} detik"
    minutes, rest = divmod(round(number), 60)
    return f"{minutes} menit {rest} detik"
