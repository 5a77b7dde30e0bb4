"""Chinese offices, trades and kinds of bodies, by the lists."""

from functools import cache

from bitext.lexicons import loader


@cache
def offices() -> frozenset[str]:
    """Return the offices, trades and kinds of bodies that the lists hold."""
    actors = {row["form"].removeprefix("=") for row in loader.rows("actors") if row["lang"] == "zh"}
    roles = {row["cue"] for row in loader.rows("cues") if (row["lang"], row["feature"]) == ("zh", "role")}
    return frozenset(actors | roles)
