"""The command `bitext`: the functions of the library, with files in and tables out.

Tables go to standard output, progress and messages to standard error. Exit status: 0 done, 1 nothing usable
in the input, 2 wrong use. Nothing heavy is imported before a command is known to be well formed.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence

from bitext import __version__
from bitext.cli.commands import COMMANDS
from bitext.cli.options import input_options, output_options
from bitext.cli.output import check_output, put_out, say, speak_of
from bitext.errors import BitextError, CorpusError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows its number instead of ending the run.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    args = _parsed(arguments)
    speak_of(vars(args))
    try:
        check_output(args)
        tables = COMMANDS[args.command].run(args)
        put_out(tables, args)
    except CorpusError as error:
        return _complain(error, 1)
    except BitextError as error:
        return _complain(error, 2)
    except BrokenPipeError:
        # The reader of a pipe (`| head`) has seen enough.
        sys.stderr.close()
        return 0
    except OSError as error:
        return _complain(error.strerror if error.filename is None and error.strerror else error, 1)
    except KeyboardInterrupt:
        return _complain("stopped", 130)
    return 0


def _complain(error: object, status: int) -> int:
    for line in str(error).split("\n"):
        say(line)
    return status


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the arguments; an option of others is refused with their names."""
    parser, commands = _parser()
    args, more = parser.parse_known_args(arguments)
    if more:
        flag = next((word for word in more if word.startswith("--")), more[0]).partition("=")[0]
        of = [name for name, sub in commands.items() if f"[{flag} " in sub.format_usage()]
        where = f"; {flag} is an option of {', '.join(of)}" if of else ""
        commands[args.command].error(f"unrecognized arguments: {' '.join(more)}{where}")
    return args


def _parser() -> tuple[argparse.ArgumentParser, dict[str, argparse.ArgumentParser]]:
    parser = argparse.ArgumentParser(
        prog="bitext", description="Compare how Chinese and English news outlets cover a story."
    )
    parser.add_argument("--version", action="version", version=f"bitext {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        sub = commands.add_parser(name, help=command.help, description=command.help)
        if command.reads:
            input_options(sub)
        for add in command.options:
            add(sub)
        output_options(sub)
    return parser, commands.choices
