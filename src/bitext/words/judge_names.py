"""Which of the names that were counted are learnt."""

from collections.abc import Mapping

from bitext.words.evidence import WordEvidence
from bitext.words.lists import concept_words, known_words, word_list
from bitext.words.word import Word

#: Kinds of evidence, the best first -> the kind of word in the table.
_SHOWN = {
    "glossary": "glossary",
    "byline": "byline",
    "outlet": "outlet",
    "dotted": "foreign",
    "sure": "name",
    "framed": "name",
    "common": "name",
    "foreign": "foreign",
    "part": "foreign",
}
_FRAMES = ("sure", "framed", "common", "foreign")
#: Surnames that are adverbs or verbs, too: 曾访问.
_ADVERBS = "曾常于任连易高管简时万方安"
#: So often must 和 (and) stand behind a name, and nothing else, to be its last character.
_ALWAYS = 3
#: A given name that is a word (扶摇) must stand so often in the name, of its own occurrences.
_OWN = 0.5


def judged_names(found: WordEvidence, totals: Mapping[str, int]) -> list[Word]:
    """Return the names to be learnt; *totals* are the occurrences of runs and guesses."""
    known, forms = known_words(), concept_words()
    titles = word_list("before") | word_list("after") | word_list("acts")
    kinds: dict[str, dict[str, int]] = {}
    for (name, kind), n in found.names.n.items():
        kinds.setdefault(name, {})[kind] = n
    _settle_joined(kinds)
    rows = []
    for name, counts in kinds.items():
        if name in known or name in forms or len(name) < 2 or name[1:] in titles:
            continue
        if "·" in name and "glossary" not in counts and name.rpartition("·")[2] in forms:
            continue  # perhaps the same person as the form: it stays in sight of all that looks for concepts
        if name[0] in _ADVERBS and name[1:] in known and len(name) == 3:
            continue  # 学者曾评论说
        if set(counts) == {"common"} and not _common(name[1:], counts["common"], found):
            continue
        how = next(kind for kind in _SHOWN if kind in counts)
        n = max(totals.get(name, 0), sum(counts.get(kind, 0) for kind in _FRAMES), *counts.values())
        torn = min(found.names.torn.get(name, 0), n)
        articles = max(found.articles.get(name, 0), found.names.articles[name])
        _, _, article, example = found.names.first[name]
        nothing = float("nan")
        rows.append(
            Word(name, _SHOWN[how], n, torn, articles, nothing, nothing, nothing, name, article, example)
        )
    return rows


def _settle_joined(kinds: dict[str, dict[str, int]]) -> None:
    """Keep 康京和 in place of 康京 where 和 (and) follows always; else it is no part of the name."""
    for name in [name for name, counts in kinds.items() if "joined" in counts]:
        n, short = kinds[name].pop("joined"), kinds.get(name[:-1], {})
        if n >= _ALWAYS and n == sum(short.values()):
            kinds[name]["framed"] = kinds[name].get("framed", 0) + n
            del kinds[name[:-1]]
        elif not kinds[name]:
            del kinds[name]


def _common(given: str, n: int, found: WordEvidence) -> bool:
    """Say whether a given name that is a word of the dictionary is one here: 张竹君, 翟东升."""
    if given in concept_words():
        return False
    return n >= _OWN * found.single.get(given, n)
