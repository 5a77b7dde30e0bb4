"""A time zone as it is written behind a clock time → how far it is ahead of UTC."""

#: Zones that go by letters, those whose letters mean one zone only -> hours ahead of UTC.
LETTERS = {
    **{"EST": -5, "EDT": -4, "PST": -8, "PDT": -7, "CET": 1, "CEST": 2},
    **{"HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11},
}
#: No clock is more minutes ahead, or behind.
FARTHEST = 14 * 60


def ahead(zone: str) -> int | None:
    """Return the minutes that a written zone is ahead of UTC; None for none, or one that no clock has.

    Examples:
        >>> ahead("+08:00"), ahead("-0330"), ahead("GMT"), ahead("")
        (480, -210, 0, None)
        >>> ahead("UTC+8"), ahead("EST"), ahead("+99:00")
        (480, -300, None)
    """
    if not zone:
        return None
    if zone.upper() in LETTERS:
        return 60 * LETTERS[zone.upper()]
    sign = max(zone.find("+"), zone.find("-"))
    if sign < 0:
        return 0
    digits = zone[sign + 1 :].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    found = 60 * int(hours) + int(minutes)
    if found > FARTHEST:
        return None
    return -found if zone[sign] == "-" else found


def written(minutes: float) -> str:
    """Return so many minutes ahead of UTC as zones are written.

    Examples:
        >>> written(480), written(-210), written(0)
        ('+08:00', '-03:30', '+00:00')
    """
    hours, rest = divmod(round(abs(minutes)), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"
