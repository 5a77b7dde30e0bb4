"""The Tokens object: columns of integers over one vocabulary."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from bitext import schema
from bitext.checked import checked
from bitext.errors import TableError
from bitext.text.kinds import KIND_NAMES, LANG_NAMES
from bitext.text.tokenizer import Tokenizer

#: Columns of `Tokens.to_frame`.
COLUMNS = ("article", "sentence", "start", "end", "term", "surface", "kind", "lang")


@dataclass(frozen=True)
class Tokens:
    """All tokens of a corpus as parallel arrays, article after article.

    Attributes:
        articles: one row per article, the columns of `Corpus.articles` (text included).
        types: the vocabulary (object array of str): normalised forms, in order of first occurrence.
        term: int32, index into *types*, one per token.
        start, end: int32, offsets into the article's text; `text[start:end]` is the surface form.
        sentence: int32, number of the sentence within its article, from 0.
        kind: uint8, one of the constants in `bitext.text.kinds` (word, number, punctuation, ...).
        lang: uint8, the token's own language by script (see `bitext.text.kinds`).
        bounds: int64, length len(articles) + 1; tokens of article i are `bounds[i]:bounds[i + 1]`.
        run: the run record, with the tokenizer's settings.
        removed: of `Corpus.removed`, the pieces in which an agency may be credited (byline, dateline), so
            that copies of a wire text are known as such.
        field: the column of *articles* that was tokenised.
        tokenizer: the settings that made the tokens; phrases to be looked up are cut by the same.
        first: articles that stand before these, where these are one batch of many; with the row of an
            article it gives its place in the whole (`places`).
    """

    articles: pd.DataFrame
    types: npt.NDArray[np.object_]
    term: npt.NDArray[np.int32]
    start: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]
    sentence: npt.NDArray[np.int32]
    kind: npt.NDArray[np.uint8]
    lang: npt.NDArray[np.uint8]
    bounds: npt.NDArray[np.int64]
    run: Mapping[str, Any] = field(default_factory=dict)
    tokenizer: Tokenizer = field(default_factory=Tokenizer)
    removed: pd.DataFrame = field(default_factory=lambda: schema.empty(schema.REMOVED))
    field: str = "text"
    first: int = 0

    def __len__(self) -> int:
        return len(self.term)

    def __repr__(self) -> str:
        facts = [f"{len(self):,} tokens", f"{len(self.types):,} types"]
        return schema.describe("Tokens", facts + schema.describe_articles(self.articles))

    def _repr_html_(self) -> str:
        return schema.as_html(repr(self), self.select(np.arange(len(self.articles)) < 1).to_frame())

    def article(self) -> npt.NDArray[np.int64]:
        """Return for each token the row number of its article."""
        return np.repeat(np.arange(len(self.articles)), np.diff(self.bounds))

    def sentence_keys(self) -> npt.NDArray[np.int64]:
        """Return for each token a number that is the same for the tokens of one sentence, and rises.

        `sentence` counts within an article, so that neighbours of two articles may have the same; this is the
        row of the article (above bit 32) and that number.

        Examples:
            >>> import bitext, pandas as pd
            >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["He left.", "She stays."]}))
            >>> tokens = bitext.tokenize(corpus)
            >>> tokens.sentence.tolist(), len(set(tokens.sentence_keys().tolist()))
            ([0, 0, 0, 0, 0, 0], 2)
        """
        return self.article() << 32 | self.sentence

    def places(self) -> npt.NDArray[np.int64]:
        """Return for each article its place in reading order, through all batches where these are one."""
        return self.first + np.arange(len(self.articles), dtype=np.int64)

    def surface(self, i: int) -> str:
        """Return token *i* as it stands in the text."""
        if not -len(self) <= i < len(self):
            raise TableError(f"token {i} does not exist; there are {len(self)}")
        i %= len(self)
        row = int(np.searchsorted(self.bounds, i, side="right")) - 1
        text: str = self.articles[self.field].iloc[row]
        return text[self.start[i] : self.end[i]]

    def surfaces(self) -> list[str]:
        """Return all tokens as they stand in the texts."""
        found: list[str] = []
        starts, ends = self.start.tolist(), self.end.tolist()
        for row, text in enumerate(self.articles[self.field]):
            span = slice(int(self.bounds[row]), int(self.bounds[row + 1]))
            found.extend(text[a:b] for a, b in zip(starts[span], ends[span], strict=True))
        return found

    def to_frame(self) -> pd.DataFrame:
        """Return one row per token: columns `article sentence start end term surface kind lang`.

        `article` is the identifier, `kind` and `lang` are names ("word", "zh"); `article`, `term`, `kind` and
        `lang` are categories, so that the table stays small.
        """
        names = self.articles["article"]
        return pd.DataFrame(
            {
                "article": pd.Categorical.from_codes(self.article(), categories=pd.Index(names)),
                "sentence": self.sentence,
                "start": self.start,
                "end": self.end,
                "term": pd.Categorical.from_codes(self.term, categories=pd.Index(self.types, dtype=object)),
                "surface": self.surfaces(),
                "kind": pd.Categorical.from_codes(self.kind.astype(np.int8), categories=pd.Index(KIND_NAMES)),
                "lang": pd.Categorical.from_codes(self.lang.astype(np.int8), categories=pd.Index(LANG_NAMES)),
            },
            columns=list(COLUMNS),
        )

    @checked
    def select(self, rows: npt.ArrayLike | None = None, *, lang: str | None = None) -> Self:
        """Return the tokens of some articles; the vocabulary stays.

        Args:
            rows: boolean, one value per article; all of them where it is left out.
            lang: keep only the articles of this language, "en" or "zh".

        Raises:
            TableError: *rows* has another length than there are articles.
            LanguageError: *lang* is no language.
        """
        chosen = schema.chosen(self.articles, rows, lang)
        counts = np.diff(self.bounds)
        keep = np.repeat(chosen, counts)
        bounds = np.concatenate(([0], np.cumsum(counts[chosen])))
        articles = self.articles.loc[chosen].reset_index(drop=True)
        removed = self.removed[self.removed["article"].isin(articles["article"])].reset_index(drop=True)
        return replace(self._take(keep), articles=articles, bounds=bounds, removed=removed)

    @checked
    def where(self, keep: npt.NDArray[np.bool_]) -> Self:
        """Return the tokens where the boolean *keep* is true; articles and vocabulary stay.

        Raises:
            TableError: *keep* has another length than there are tokens.
        """
        chosen = np.asarray(keep, dtype=bool)
        if chosen.shape != (len(self),):
            raise TableError(f"keep must hold {len(self)} booleans, one per token, not {chosen.shape}")
        counted = np.concatenate(([0], np.cumsum(chosen)))
        return replace(self._take(chosen), bounds=counted[self.bounds])

    def sentences(self) -> pd.DataFrame:
        """Return one row per sentence: columns `article sentence start end text`.

        The sentences of an article, joined, are its text: white space belongs to the sentence before it. An
        article without tokens has no row.

        Examples:
            >>> import bitext, pandas as pd
            >>> texts = ["好。“行！”他说。 Mr. Li left. He did."]
            >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts}))
            >>> bitext.tokenize(corpus).sentences()["text"].tolist()
            ['好。', '“行！”', '他说。 ', 'Mr. Li left. ', 'He did.']
        """
        first = np.flatnonzero(np.diff(self.sentence_keys(), prepend=-1))
        row = self.article()[first]
        texts = self.articles[self.field].tolist()
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        opens = np.diff(row, prepend=-1) != 0
        start = np.where(opens, 0, self.start[first])
        end = np.where(np.append(opens[1:], True), lengths[row], np.append(start[1:], 0))
        spans = zip(row.tolist(), start.tolist(), end.tolist(), strict=True)
        return pd.DataFrame(
            {
                "article": self.articles["article"].to_numpy()[row],
                "sentence": self.sentence[first],
                "start": start,
                "end": end,
                "text": [texts[r][a:b] for r, a, b in spans],
            }
        )

    @checked
    def ngrams(self, n: int) -> "Tokens":
        """Return the runs of *n* words that stand side by side, as tokens of their own.

        A run lies in one sentence and is broken by punctuation. Its term joins the terms of its words (with a
        blank, but between Han characters); it begins where the first begins and ends where the last ends, so
        that runs overlap.

        Raises:
            BitextError: *n* is below 1.

        Examples:
            >>> import bitext, pandas as pd
            >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["芯片法案，the Chips Act"]}))
            >>> bitext.tokenize(corpus).ngrams(2).surfaces()
            ['芯片法案', 'the Chips', 'Chips Act']
        """
        from bitext.tokens.sequences import ngrams

        return ngrams(self, n)

    @checked
    def compound(self, phrases: Sequence[str]) -> "Tokens":
        """Return the same tokens with each of *phrases* as one: leftmost first, of those the longest.

        Phrases are found as running text is: in either script, any case, on token boundaries. Like any other,
        the new tokens have a term (芯片法案, chips act) and a place, and `surfaces` shows the text.

        Raises:
            BitextError: *phrases* is one str.

        Examples:
            >>> import bitext, pandas as pd
            >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": ["芯片法案，the Chips Act"]}))
            >>> bitext.tokenize(corpus).compound(["芯片法案", "chips act"]).surfaces()
            ['芯片法案', '，', 'the', 'Chips Act']
        """
        from bitext.tokens.sequences import compound

        return compound(self, phrases)

    @checked
    def save(self, folder: str | Path) -> None:
        """Write the tokens to a new *folder*, whole or not at all; `Tokens.load` reads them.

        Each column is a .npy file that can be memory-mapped, texts and vocabulary are JSON, and
        `manifest.json` holds versions, settings, run record and the SHA-256 of every file.

        Raises:
            TableError: *folder* exists already.
        """
        from bitext.tokens.store import save

        save(self, folder)

    @classmethod
    @checked
    def load(cls, folder: str | Path, *, check: bool = True) -> "Tokens":
        """Read tokens that `save` has written; the columns are mapped, not copied into memory.

        Args:
            folder: where they were saved.
            check: compare every file with its checksum first (reads all of it once).

        Returns:
            Tokens equal to those saved. Their arrays are read-only.

        Raises:
            TableError: the folder holds no tokens, or those of a later version, or a file is missing or
                damaged; the message names the file, and nothing of it is used.

        Examples:
            >>> import bitext, pandas as pd, tempfile
            >>> tokens = bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": ["歐盟批准法案。"]})))
            >>> with tempfile.TemporaryDirectory() as place:
            ...     tokens.save(place + "/tokens")
            ...     bitext.Tokens.load(place + "/tokens").surfaces()
            ['歐盟', '批准', '法案', '。']
        """
        from bitext.tokens.store import load

        return load(folder, check=check)

    def _take(self, keep: npt.NDArray[np.bool_]) -> Self:
        columns = ("term", "start", "end", "sentence", "kind", "lang")
        return replace(self, **{name: getattr(self, name)[keep] for name in columns})
