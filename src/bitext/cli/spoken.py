"""Messages of the library → messages that name the options of the command line."""

import re
import shlex
from collections.abc import Iterable

#: An argument as Python has it: outlet='NAME', day_first=False, ngrams=(1, 2); alone in a call or not.
_ARGUMENT = re.compile(
    r"""
    (?P<call> \b [a-z_]+ (?: \. [a-z_]+ )+ \( )?        # 1 corpus.select(
    (?<! [/?&\w.-] ) (?P<name> [a-z_]+ ) =       # 2 outlet=, but not that of data/outlet=X or x.org/?lang=en
    (?P<value> '[^']*' | \([^()]*\) | [\w.*-]+ )?
    (?(call) \) )
    """,
    re.VERBOSE,
)


def spoken(message: str, options: Iterable[str]) -> str:
    """Return *message* with the arguments that are *options* of the command as its user types them.

    Args:
        message: what the library says, of arguments of Python.
        options: names of the options, as `argparse` has them (``day_first``).

    Examples:
        >>> spoken("say outlet='NAME' if it is another", ["outlet"])
        'say --outlet NAME if it is another'
        >>> spoken("read as 3 April: if that is wrong, say day_first=False", ["day_first"])
        'read as 3 April: if that is wrong, say --no-day-first'
        >>> spoken("corpus.select(lang='en') takes them out", ["lang"])
        '--lang en takes them out'
        >>> spoken("alpha=2; use a number between 0 and 1", ["outlet"])
        'alpha=2; use a number between 0 and 1'
    """
    known = frozenset(options)

    def option(match: re.Match[str]) -> str:
        name, value = match["name"], match["value"] or ""
        if name not in known:
            return match.group()
        flag = "--" + name.replace("_", "-")
        if value == "False":
            return flag.replace("--", "--no-", 1)
        if value in ("True", ""):
            return flag
        if value[0] == "(":  # runs of up to so many words
            value = value[1:-1].rsplit(",", 1)[-1].strip()
        return f"{flag} {shlex.quote(value[1:-1]) if value[0] == chr(39) else value}"

    return _ARGUMENT.sub(option, message)
