"""What is known before a corpus is read: the lists of the lexicon, jieba's words, the forms of concepts."""

from functools import cache

from bitext.concepts.lookup import ConceptTable
from bitext.lexicons.loader import rows
from bitext.text.chinese import jieba_files


@cache
def word_list(name: str) -> frozenset[str]:
    """Return one of the lists of the lexicon `word_learning`."""
    return frozenset(row["word"] for row in rows("word_learning") if row["list"] == name)


@cache
def known_words() -> frozenset[str]:
    """Return the words of jieba's dictionary."""
    lines = jieba_files.dictionary().decode("utf-8").splitlines()
    return frozenset(line.split(" ", 1)[0] for line in lines)


@cache
def person_words() -> frozenset[str]:
    """Return the words of jieba's dictionary that it tags as names of persons."""
    return jieba_files.tagged(frozenset({"nr", "nrt", "nrfg"}))


@cache
def concept_words() -> frozenset[str]:
    """Return the Chinese forms of the concept table."""
    return frozenset(form.text for form in ConceptTable.default().forms if form.lang == "zh")
