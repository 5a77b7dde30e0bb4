"""One answer for all public functions to an argument of the wrong type: given, accepted, what to write."""

import inspect
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import wraps
from numbers import Integral, Real
from os import PathLike
from typing import Any, Literal, ParamSpec, TypeVar

import numpy as np
import pandas as pd

from bitext.errors import ArgumentError, ScanError

P = ParamSpec("P")
R = TypeVar("R")

#: Elements of a long list that are looked at; the function itself sees the others.
_LOOKED_AT = 1000
#: How an accepted type is called in a message.
_CALLED = {
    str: "a str",
    int: "a whole number",
    float: "a number",
    bool: "True or False",
    types.NoneType: "None",
    pd.DataFrame: "a DataFrame",
    PathLike: "a path",
}
_FROM_TEXTS = 'bitext.Corpus.from_frame(pandas.DataFrame({"text": texts}))'
_TO_CORPUS = {
    "DataFrame": "bitext.Corpus.from_frame(df)",
    "Series": _FROM_TEXTS,
    "list": _FROM_TEXTS,
    "tuple": _FROM_TEXTS,
    "str": 'bitext.read("PATH")',
    "PosixPath": "bitext.read(path)",
    "WindowsPath": "bitext.read(path)",
    "Comparison": "comparison.corpus",
}
_TO_TOKENS = {
    **{kind: f"bitext.tokenize({line})" for kind, line in _TO_CORPUS.items()},
    "Corpus": "bitext.tokenize(corpus)",
    "Comparison": "comparison.tokens",
}
_TO_COUNTS = {
    **{kind: f"bitext.count({line})" for kind, line in _TO_TOKENS.items()},
    "Tokens": "bitext.count(tokens)",
}
_KEYNESS = {kind: f"bitext.keyness({line})" for kind, line in _TO_COUNTS.items()}
_STORIES = {kind: f"bitext.stories({line})" for kind, line in _TO_TOKENS.items()}
_STATEMENTS = "bitext.statements(tokens, bitext.stories(tokens))"
#: Name of an argument, of a function with (), or accepted type -> what was given -> the expression that makes
#: the one of the other.
_LINES: dict[str, dict[str, str]] = {
    "Corpus": {**_TO_CORPUS, "Tokens": "corpus", "Counts": "corpus"},
    "HasArticles": {**_TO_CORPUS, "Counts": "corpus"},
    "Tokens": {**_TO_TOKENS, "Counts": "tokens", "GroupedCounts": "tokens"},
    "Counts": _TO_COUNTS,
    "stories": {**_STORIES, "Tokens": "bitext.stories(tokens)", "Comparison": 'comparison.tables["stories"]'},
    "statements": {
        "Tokens": _STATEMENTS,
        "Corpus": _STATEMENTS.replace("(tokens,", "(tokens := bitext.tokenize(corpus),"),
        "Comparison": 'comparison.tables["statements"]',
    },
    "plot()": {
        **_KEYNESS,
        "Counts": "bitext.keyness(counts)",
        "Comparison": 'comparison.tables["keyness"]',
    },
    "rank_groups()": {
        **{kind: f"bitext.stance({line})" for kind, line in _TO_TOKENS.items()},
        "Tokens": "bitext.stance(tokens)",
        "Comparison": 'comparison.tables["stance"]',
    },
}


def checked(function: Callable[P, R]) -> Callable[P, R]:
    """Return the same function, which compares what it is given with its annotations before anything else.

    Unknown and missing arguments, and those of a type that no part of the annotation names, raise
    `ArgumentError`; a value of the right type that is not accepted is the function's own business.

    Examples:
        >>> @checked
        ... def pair(ngrams: tuple[int, int]) -> int:
        ...     return sum(ngrams)
        >>> pair((1, 2))
        3
        >>> pair(2)
        Traceback (most recent call last):
        bitext.ArgumentError: pair(2): ngrams takes a pair of whole numbers, e.g. (1, 2), not the int 2
    """
    signature = inspect.signature(function)

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError as error:
            raise _unbound(function, signature, kwargs, error) from None
        for name, value in bound.arguments.items():
            parameter = signature.parameters[name]
            if parameter.annotation is inspect.Parameter.empty:
                continue
            given = [value]
            if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
                given = list(value)
            elif parameter.kind is inspect.Parameter.VAR_KEYWORD:
                given = list(value.values())
            for one in given:
                if not _fits(one, parameter.annotation):
                    more = len(bound.arguments) > 1
                    raise _wrong(function, name, one, parameter, more=more)
        return function(*args, **kwargs)

    return call


def _unbound(
    function: Callable[..., Any], signature: inspect.Signature, given: Mapping[str, Any], error: TypeError
) -> ArgumentError:
    """Say which argument is unknown, or which is missing."""
    names = [name for name in signature.parameters if name not in ("cls", "self")]
    unknown = [name for name in given if name not in names]
    if unknown:
        return ArgumentError.unknown(f"argument of {function.__name__}()", unknown[0], names)
    lines = [f"{name}={_LINES[name]['Tokens']}" for name in names if name in _LINES and name in str(error)]
    line = f"; write bitext.{function.__name__}(..., {lines[0]})" if lines else ""
    return ArgumentError(f"{function.__name__}(): {error}; the arguments are {names}{line}")


def _wrong(
    function: Callable[..., Any], name: str, value: object, parameter: inspect.Parameter, *, more: bool
) -> ArgumentError | ScanError:
    accepted = list(dict.fromkeys(_names(parameter.annotation)))
    line = _line(function, name, value, parameter, more=more)
    shown = repr(value) if value is None or isinstance(value, str | int | float) else "..."
    call = f"{function.__name__}({name}={shown[:40]})"
    if parameter.kind in (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.VAR_POSITIONAL):
        call = f"{function.__name__}({shown[:40] if shown != '...' else type(value).__name__})"
    message = f"{call}: {name} takes {_either(accepted)}, not {_described(value)}{line}"
    if type(value).__name__ == "Scan":
        return ScanError(f"{message}. This step needs all articles at once, a Scan reads them in batches")
    return ArgumentError(message)


def _line(
    function: Callable[..., Any], name: str, value: object, parameter: inspect.Parameter, *, more: bool
) -> str:
    """Return what to write instead, where it is known."""
    kinds = [kind.__name__ for kind in type(value).__mro__]
    if type(value).__name__ == "Scan":
        kinds = ["Corpus"]
    if function.__name__ in ("read", "scan") and parameter.kind is inspect.Parameter.VAR_POSITIONAL:
        lines = {"DataFrame": "bitext.Corpus.from_frame(df)", "list": f"bitext.{function.__name__}(*paths)"}
        return next((f"; write {lines[kind]}" for kind in kinds if kind in lines), "")
    rest = ", ..." if more else ""
    first = parameter.name == next(iter(inspect.signature(function).parameters))
    for wanted in (name, *([f"{function.__name__}()"] if first else []), *_classes(parameter.annotation)):
        known = _LINES.get(wanted, {})
        for kind in kinds:
            if kind in known:
                made = known[kind]
                if type(value).__name__ == "Scan":
                    made = made.replace("(corpus)", "(bitext.read(...))")
                return f"; write bitext.{function.__name__}({made if first else f'{name}={made}'}{rest})"
    return ""


def _fits(value: Any, accepted: Any) -> bool:
    """Say whether *value* is of the type that the annotation *accepted* describes."""
    origin, inside = typing.get_origin(accepted), typing.get_args(accepted)
    if origin in (typing.Union, types.UnionType):
        return any(_fits(value, one) for one in inside)
    if origin is Literal:
        return any(isinstance(value, type(one)) for one in inside)
    if accepted is Any:
        return True
    if accepted is None or accepted is types.NoneType:
        return value is None
    if origin is not None:
        return _fits_generic(value, origin, inside)
    if isinstance(accepted, typing.ForwardRef | str):
        return type(value).__name__ == str(getattr(accepted, "__forward_arg__", accepted))
    if getattr(accepted, "_is_protocol", False):
        return type(value).__name__ in ("Corpus", "Tokens") or _has_all(value, accepted)
    if not isinstance(accepted, type) or accepted is object:
        return True  # type variables
    if accepted is int:
        return isinstance(value, Integral) and not isinstance(value, bool)
    if accepted is float:
        return isinstance(value, Real) and not isinstance(value, bool | np.bool_)
    if accepted is bool:
        return isinstance(value, bool | np.bool_)
    return isinstance(value, accepted)


def _has_all(value: object, protocol: Any) -> bool:
    """Say whether *value* has the methods of a protocol that is no table of articles."""
    names = [name for name in vars(protocol) if not name.startswith("_")]
    return "articles" not in names and all(hasattr(type(value), name) for name in names)


def _fits_generic(value: Any, origin: Any, inside: tuple[Any, ...]) -> bool:
    if origin is np.ndarray:
        return isinstance(value, np.ndarray | pd.Series | list)
    if origin is tuple and Ellipsis not in inside:
        whole = isinstance(value, tuple | list) and len(value) == len(inside)
        return whole and all(_fits(one, kind) for one, kind in zip(value, inside, strict=True))
    if origin in (Sequence, Iterable, list, tuple, Iterator):
        listed = isinstance(value, Sequence | np.ndarray | pd.Series | pd.Index)
        others = origin is Iterable and isinstance(value, Iterable) and not isinstance(value, pd.DataFrame)
        if isinstance(value, str | bytes | Mapping) or not (listed or others):
            return False
        known = listed or isinstance(value, set | frozenset)
        return not known or all(
            _fits(one, inside[0]) for one, _ in zip(value, range(_LOOKED_AT), strict=False)
        )
    if origin is typing.get_origin(Callable[..., Any]):
        return callable(value)
    return isinstance(value, origin)


def _classes(accepted: Any) -> Iterator[str]:
    """Yield the names of the classes in an annotation, in order."""
    inside = typing.get_args(accepted)
    if typing.get_origin(accepted) in (typing.Union, types.UnionType):
        for one in inside:
            yield from _classes(one)
    else:
        yield getattr(accepted, "__name__", "")


def _names(accepted: Any) -> Iterator[str]:
    """Yield how the parts of an annotation are called in a message."""
    origin, inside = typing.get_origin(accepted), typing.get_args(accepted)
    if origin in (typing.Union, types.UnionType):
        for one in inside:
            yield from _names(one)
    elif origin is Literal:
        yield from map(repr, inside)
    elif origin is tuple and inside == (int, int):
        yield "a pair of whole numbers, e.g. (1, 2)"
    elif origin is tuple and Ellipsis not in inside:
        # The parts of a choice are joined by "or" alone: a comma divides the places of the tuple.
        parts = (" or ".join(name.removeprefix("a ") for name in _names(kind)) for kind in inside)
        yield f"a tuple ({', '.join(parts)})"
    elif origin is np.ndarray:
        yield "an array"
    elif origin in (Sequence, Iterable, list, tuple):
        of = [name.removeprefix("a ") for name in _names(inside[0])]
        yield f"a list of {_either(of)}"
    elif origin is Mapping or accepted is Mapping:
        yield "a dict"
    elif origin is not None:
        yield "a function"
    elif getattr(accepted, "_is_protocol", False):
        yield from ("a Corpus", "Tokens") if "articles" in vars(accepted) else (f"a {accepted.__name__}",)
    elif accepted in _CALLED:
        yield _CALLED[accepted]
    else:
        name = getattr(accepted, "__name__", getattr(accepted, "__forward_arg__", str(accepted)))
        yield name if name in ("Tokens", "Counts", "GroupedCounts") else f"a {name}"


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _described(value: object) -> str:
    """Say what was given, with its beginning or its size."""
    name = type(value).__name__
    if value is None:
        return "None"
    if isinstance(value, pd.DataFrame):
        return f"a DataFrame ({len(value):,} rows; columns {[str(c) for c in value.columns[:6]]})"
    if isinstance(value, str | int | float):
        return f"the {name} {value!r:.60}"
    if isinstance(value, list | tuple | set | frozenset | dict | np.ndarray | pd.Series):
        return f"a {name} of {len(value):,} ({value!r:.60})"
    return name if name in ("Tokens", "Counts", "GroupedCounts") else f"a {name}"
