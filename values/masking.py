"""Names as the public may see them: recognisable to whoever knows the person, to nobody else."""


def masked_name(name: str) -> str:
    """The first letter of each word, and three stars whatever its length: `Siti Rahmawati` becomes `S*** R***`."""
    return " ".join(f"{word[0]}***" for word in name.split())
