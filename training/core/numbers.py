"""Numbers as the program rounds them, everywhere in the same way."""


def percent(part: int, whole: int) -> int | None:
    """Return `part` of `whole` in whole per cent, rounded half up, or None when there is nothing to divide by.

    Worked in whole numbers, so that 0.5 never falls on the other side for lack of binary digits.
    """
    return (200 * part + whole) // (2 * whole) if whole else None
