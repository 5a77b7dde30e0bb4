"""The spans behind the tables of stance and sources: signs of tone, and where each source speaks."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Self

import numpy as np
import pandas as pd

from bitext.arrays import Ints
from bitext.report.page.columns import pooled
from bitext.report.page.places import PLACES, few_of_each
from bitext.report.page.tables import TONE
from bitext.report.page.texts import Texts
from bitext.speakers.coordinated import parts
from bitext.speakers.identity import key
from bitext.speakers.who import short_name
from bitext.text.scripts.convert import to_simplified
from bitext.tokens.tokens import Tokens

#: Features of the evidence that say that somebody is quoted, and the kind of source that each marks.
_SPEECH = {
    "named_source": "named",
    "named_evidential": "named",
    "outlet_source": "outlet",
    "role_source": "role",
    "anon_source": "anonymous",
}
#: Articles of a source from which on its sentences are taken before those of others.
_OFTEN = 3


class Heard(NamedTuple):
    """Spans of tone, and spans in which sources speak, each under the name that the source has in its row."""

    tone: pd.DataFrame
    speech: pd.DataFrame

    @classmethod
    def of(
        cls, table: pd.DataFrame, tokens: Tokens, group: Ints, sources: Mapping[str, Sequence[Any]]
    ) -> Self:
        """Find in the *table* of evidence the spans of the rows of *sources* on the page."""
        row = {name: i for i, name in enumerate(tokens.articles["article"])}
        table = table[table["article"].isin(row)]
        table = table.assign(article=[row[name] for name in table["article"]]).reset_index(drop=True)
        table["group"] = group[table["article"].to_numpy(dtype=np.int64)]
        speech = _of_rows(table[table["source"] != ""], tokens, sources)
        unnamed = (table["feature"] == "anon_source") & ~table.index.isin(speech.index)
        speech = pd.concat([speech, table[unnamed].assign(source="", actor="anonymous", often=False)])
        # Where it is named, before where it is quoted, before other signs within its words.
        rank = np.where(speech["feature"].isin(_SPEECH), 0, np.where(speech["feature"] == "quote", 1, 2))
        speech = speech.assign(rank=rank, row=speech.index).sort_values(["rank", "row"], kind="stable")
        speech = speech.drop_duplicates(["article", "sentence", "source"]).reset_index(drop=True)
        tone = table[table["feature"].isin((*TONE, "anon_source", "quote"))].reset_index(drop=True)
        return cls(tone, speech)

    def reserve(self, texts: Texts) -> None:
        """Take a sentence for each kind of speaker in each group, and for each source quoted often."""
        speech = self.speech
        often = speech[speech["often"].astype(bool)]
        for first in (
            speech.drop_duplicates(["group", "actor"]),
            often.drop_duplicates(["group", "source"]),
        ):
            texts.take(_sentences(first, texts))

    def spans(self, texts: Texts) -> dict[str, dict[str, list[Any]]]:
        """Return the spans as the page has them; signs of tone first, for they are few."""
        tone = _spans(self.tone, ("feature", "voice"), texts)
        return {"tone": tone, "speech": _spans(self.speech, ("source",), texts)}


def _of_rows(speech: pd.DataFrame, tokens: Tokens, sources: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """Return the spans of sources with a row, under the name of the row: "the army" is the row of army."""
    rows: dict[tuple[str, str], tuple[str, str, bool]] = {}
    columns = [sources.get(name, ()) for name in ("group", "source", "variants", "actor", "articles")]
    for owner, source, variants, actor, articles in zip(*columns, strict=True):
        for form in (source, *str(variants or "").split(";")):
            if form.strip():
                rows.setdefault((str(owner), _plain(form)), (source, actor, articles >= _OFTEN))
    lang = tokens.articles["lang"].to_numpy(dtype=object)[speech["article"].to_numpy(dtype=np.int64)]
    kind = speech["feature"].map(_SPEECH).fillna("")
    # Names come again and again: each is looked up once in each group.
    asked = pd.DataFrame({"group": speech["group"], "name": speech["source"], "kind": kind, "lang": lang})
    number = asked.groupby(list(asked), sort=False).ngroup().to_numpy()
    owners = [str(value) for value in sources.get("groups", ())]
    known: dict[tuple[str, str, str], list[str]] = {}
    found: list[tuple[int, str, str, bool]] = []
    for i, (owner, *said) in enumerate(asked.drop_duplicates().itertuples(index=False)):
        name, what, written = map(str, said)
        if (name, what, written) not in known:
            known[name, what, written] = list(_called(name, what, written))
        forms = known[name, what, written]
        there = {rows[owners[owner], form] for form in forms if (owners[owner], form) in rows}
        found += [(i, *one) for one in sorted(there)]
    meant = pd.DataFrame(found, columns=["number", "source", "actor", "often"])
    spans = speech.drop(columns="source").assign(number=number, place=speech.index)
    kept = spans.merge(meant, on="number", how="inner").drop(columns="number").set_index("place")
    return kept.sort_index(kind="stable")


def _called(source: str, kind: str, lang: str) -> dict[str, None]:
    """Return what the table of sources may call a source of a text: its parts, without titles."""
    lang = "zh" if lang == "zh" else "en"
    pieces = [source, *(source[start:end] for start, end in parts(source, lang))] if source else []
    kinds = (kind,) if kind else ("named", "role")
    forms = [(piece, *(short_name(piece, one, lang) for one in kinds)) for piece in pieces]
    return {_plain(form): None for part in forms for form in part}


def _plain(name: str) -> str:
    return key((name if name.isascii() else to_simplified(name)).strip())


def _sentences(table: pd.DataFrame, texts: Texts) -> Ints:
    return texts.place(table["article"].to_numpy(np.int64), table["sentence"].to_numpy(np.int64))


def _spans(table: pd.DataFrame, keys: Sequence[str], texts: Texts) -> dict[str, list[Any]]:
    order, first = few_of_each(table, [*keys, "group"], texts)
    table = table.loc[order].head(PLACES)
    kept = texts.take(_sentences(table, texts)) | first[: len(table)]
    table = table[kept].sort_values(["article", "start"], kind="stable")
    found: dict[str, list[Any]] = {
        "article": table["article"].astype(int).tolist(),
        "start": table["start"].astype(int).tolist(),
        "length": (table["end"] - table["start"]).astype(int).tolist(),
    }
    for name in keys:
        found[name + "s"], found[name] = pooled(table[name].astype(str))
    return found
