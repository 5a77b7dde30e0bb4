"""Every public function answers wrong types itself: what was given, what is accepted, what to write."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any

import pandas as pd
import pytest

import bitext
from bitext.checked import _fits

FRAME = pd.DataFrame(
    {
        "text": ["The plant may open.", "The plant closed, he said.", "工厂开工。"],  # the plant started work
        "outlet": ["A", "B", "B"],
        "date": ["2031-03-02", "2031-03-03", "2031-03-03"],
    }
)


@cache
def right() -> dict[str, Any]:
    """Make what the functions take, by the name of the argument."""
    corpus = bitext.Corpus.from_frame(FRAME)
    tokens = bitext.tokenize(corpus)
    stories = pd.DataFrame({"story": 0, "name": "", "article": tokens.articles["article"], "outlet": "A"})
    return {
        "corpus": corpus,
        "tokens": tokens,
        "counts": bitext.count(tokens, unit="concept"),
        "stories": stories,
        "table": bitext.stance(tokens, replicates=2),
        "comparison": bitext.compare(corpus),
        "pattern": "plant",
        "toward": "china",
        "feature": "hedge",
        "target": "A",
        "a": "0",
        "b": "1",
        "frame": FRAME,
        "statements": stories,
        "parallel": pd.DataFrame({"zh": ["芯片", "禁令"], "en": ["chip", "ban"], "document": [1, 2]}),
        "path": "concepts.tsv",
        "folder": "saved",
        "parts": [],
    }


class Stranger:
    """Something that no function has heard of."""


#: What a beginner may give, and what a mistake may leave.
WRONG: dict[str, Callable[[], Any]] = {
    "DataFrame": lambda: FRAME,
    "list of texts": lambda: ["The plant may open.", "It closed."],
    "text": lambda: "The plant may open.",
    "None": lambda: None,
    "int": lambda: 2,
    "float": lambda: 0.5,
    "True": lambda: True,
    "dict": lambda: {"text": "The plant may open."},
    "Corpus": lambda: right()["corpus"],
    "Tokens": lambda: right()["tokens"],
    "Counts": lambda: right()["counts"],
    "Comparison": lambda: right()["comparison"],
    "stranger": Stranger,
    "function": lambda: len,
}


def functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield all public functions, and the public ways to make the objects."""
    for name in bitext.__all__:
        value = getattr(bitext, name)
        if not inspect.isclass(value):
            yield name, value
            continue
        for made in ("from_frame", "load", "read", "of", "merge"):
            if made in vars(value) and (name, made) != ("ConceptTable", "of"):
                yield f"{name}.{made}", getattr(value, made)


FUNCTIONS = dict(functions())


def arguments(function: Callable[..., Any]) -> dict[str, inspect.Parameter]:
    return dict(inspect.signature(function).parameters)


def test_wrong_things_are_many_and_all_functions_are_here() -> None:
    assert len(WRONG) >= 10
    assert len(FUNCTIONS) >= 45


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_wrong_type_is_answered_by_what_is_accepted(name: str, wrong: str) -> None:
    function, value = FUNCTIONS[name], WRONG[wrong]()
    parameters = arguments(function)
    for which, parameter in parameters.items():
        if _fits(value, parameter.annotation) or parameter.kind is inspect.Parameter.VAR_KEYWORD:
            continue
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            with pytest.raises(bitext.BitextError) as error:
                function(value)
        else:
            given = {
                other: right()[other]
                for other, about in parameters.items()
                if about.default is inspect.Parameter.empty and other in right()
            }
            with pytest.raises(bitext.BitextError) as error:
                function(**{**given, which: value})
        message = str(error.value)
        assert f"{which} takes " in message, message
        assert ", not " in message, message


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_whatever_comes_first_no_error_comes_from_inside(name: str, wrong: str) -> None:
    function, value = FUNCTIONS[name], WRONG[wrong]()
    parameters = arguments(function)
    first = next(iter(parameters))
    if (name, wrong) in {("stopwords", "None"), ("ConceptTable.read", "text")}:
        pytest.skip("this is right")
    given = {
        other: right()[other]
        for other, about in parameters.items()
        if other != first and about.default is inspect.Parameter.empty and other in right()
    }
    with suppress(bitext.BitextError):
        if parameters[first].kind is inspect.Parameter.VAR_POSITIONAL:
            function(value)
        else:
            function(**{first: value}, **given)


@pytest.mark.parametrize(
    ("call", "line"),
    [
        (lambda r: bitext.tokenize(FRAME), "write bitext.tokenize(bitext.Corpus.from_frame(df))"),
        (
            lambda r: bitext.tokenize(["text"]),
            "write bitext.tokenize(bitext.Corpus.from_frame(pandas.DataFrame",
        ),
        (
            lambda r: bitext.keywords(r["tokens"], by="outlet"),
            "write bitext.keywords(bitext.count(tokens), ...)",
        ),
        (lambda r: bitext.stance(r["counts"]), "write bitext.stance(tokens)"),
        (lambda r: bitext.plot(r["corpus"]), "write bitext.plot(bitext.keyness(bitext.count("),
        (lambda r: bitext.plot(r["comparison"]), 'write bitext.plot(comparison.tables["keyness"])'),
        (
            lambda r: bitext.count(r["tokens"], ngrams=2),
            "a pair of whole numbers, e.g. (1, 2), not the int 2",
        ),
        (lambda r: bitext.read(FRAME), "write bitext.Corpus.from_frame(df)"),
        (lambda r: bitext.read(["a.txt"]), "write bitext.read(*paths)"),
        (lambda r: bitext.keyness(r["counts"], targets="A"), "did you mean 'target'?"),
        (lambda r: bitext.stories(r["corpus"]), "write bitext.stories(bitext.tokenize(corpus))"),
        (
            lambda r: bitext.statements(r["tokens"]),
            "write bitext.statements(..., stories=bitext.stories(tokens))",
        ),
        (lambda r: bitext.omissions(r["tokens"]), "write bitext.omissions(bitext.statements(tokens, "),
        (lambda r: bitext.keyness(), "missing a required argument: 'counts'"),
        (lambda r: bitext.Corpus(FRAME), "bitext.Corpus.from_frame makes one"),
        (lambda r: bitext.scan("corpora/chips").tokenizin, "did you mean 'tokenizing'?"),
        (lambda r: bitext.statements(r["tokens"], r["tokens"]), "stories=bitext.stories(tokens)"),
    ],
)
def test_the_line_to_write_is_said(call: Callable[[dict[str, Any]], Any], line: str) -> None:
    with pytest.raises(bitext.BitextError) as error:
        call(right())
    assert line in str(error.value)


def test_a_wrong_type_is_a_type_error_for_python_too() -> None:
    with pytest.raises(TypeError):
        bitext.tokenize(FRAME)  # type: ignore[arg-type]
