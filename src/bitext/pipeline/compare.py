"""Everything at once: from a corpus to the tables of a comparison, a folder of them, and the page."""

from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from bitext import schema
from bitext.checked import checked
from bitext.copies.repeats import say_repeats
from bitext.corpus.corpus import Corpus
from bitext.corpus.scan import Scan
from bitext.errors import BitextError
from bitext.pipeline import event_tables
from bitext.pipeline.article_source import Batches, InMemory
from bitext.pipeline.closely import noted
from bitext.pipeline.comparison import Comparison
from bitext.pipeline.comparison_builder import ComparisonBuilder
from bitext.pipeline.findings.findings import findings
from bitext.pipeline.found_names import table_with
from bitext.pipeline.page_articles import shown
from bitext.pipeline.printed import with_printed
from bitext.pipeline.text_facts import with_text_facts
from bitext.record import run_record, shareable
from bitext.tokenizing.dictionary import Dictionary
from bitext.tokens.grouping import group_values

#: What the tables of words may count, and how copies may be treated.
UNITS, COPIES = ("term", "phrase"), ("collapse", "keep")


@checked
def compare(
    corpus: Corpus | Scan,
    *,
    by: str = "outlet",
    min_articles: int = 2,
    find_stories: bool | None = None,
    dictionary: Dictionary = "default",
    words: Dictionary = (),
    learn: bool = True,
    extend: bool = True,
    stopwords: Iterable[str] | None = (),
    unit: str = "term",
    ngrams: tuple[int, int] = (1, 1),
    weighting: str = "contrast",
    copies: str = "collapse",
    workers: int = 1,
    seed: int = 0,
    progress: Callable[[int], None] | None = None,
) -> Comparison:
    """Compare how groups of articles cover their stories, in every way that bitext knows.

    Terms are compared within each language, concepts across both. What an outlet printed more than once
    counts once. Where stories are found, and every group has ten or more (an article in no story is one), p
    and q of keyness take stories as units, and weeks weigh alike where groups lie unequally in time: the
    column ``note`` and the run record say so. With fewer stories the article is the unit.

    Args:
        corpus: what `bitext.read` returned; or a `Scan`, whose articles are read and worked on batch by
            batch: the tables are the same, and memory holds sums of groups, a row and the concepts of each
            article, and the articles on the page. Of more than 20,000 articles so many are read for who says
            what (the tables stance, evidence, polarity, sources, actors, naming, glossary), drawn by hash,
            evenly over outlets; ``problems`` says of how many these tables are made.
        by: the column that makes the groups.
        min_articles: terms that stand in fewer articles are left out of the tables of keyness.
        find_stories: look for stories across outlets; None does so for a corpus, and not for a `Scan`. Of a
            `Scan` articles are compared in windows of time of 3,000 each, and statements in up to 40
            articles of a story (some of each outlet), of 20,000 in all (the stories of most outlets); what
            fits into one window is compared as a corpus is.
        dictionary: as in `bitext.tokenize`, as are *words* and *learn*: by default, words that the articles
            have and the dictionary lacks are found first (`bitext.new_words`). For a `Scan` that says itself
            how it is tokenised, what is given here takes its place.
        words: further words.
        learn: look for new words; the run record lists them.
        extend: names that two or more articles give in both languages, 岚谷科技（Langu Technology）, join the
            dictionary and the concepts of this run (those unknown before as ``mined:langu_technology``); the
            run record lists the pairs.
        stopwords: words to leave out of the tables of words, as in `bitext.count`.
        unit: what these tables count: "term", or "phrase", words and the runs of words that hold together
            (`bitext.count`). Concepts have tables of their own.
        ngrams: shortest and longest run of words that these tables count, for unit="term".
        weighting: of the table ``keywords``; see `bitext.keywords`.
        copies: "collapse" counts a text once for each outlet that printed it, "keep" as often as it did.
        workers: processes for tokenising; a `Scan` says itself where its batches run.
        seed: for everything that is drawn at random.
        progress: called after each table with 1; for a `Scan` with the number of articles done since the
            last call, in each pass.

    Returns:
        A `Comparison` with these tables:
        - ``findings``: plain sentences in both languages, made of the other tables by stated rules, each with
          the rows behind it (`Comparison.findings`)
        - ``groups``: one row per group: articles, words, languages, dates
        - ``keywords``: the terms that weigh most in each group (`bitext.keywords`), with their language;
          here and in ``keyness`` ``printed`` is the term as the group's articles print it (USA, 台灣)
        - ``keyness``: each group against the rest of its language (`bitext.keyness`)
        - ``keyness_concepts``: each group against all others, over concepts
        - ``stance``: features of stance of each group with intervals (`bitext.stance`); ``evidence``: the
          spans behind them (`bitext.evidence`); ``polarity``: toward the countries named most
        - ``similarity``: every pair of groups, over concepts (`bitext.similarity`)
        - ``sources``, ``actors``: who is quoted, and which kinds of actors (functions of the same names)
        - ``naming``: by which name each group calls the same thing (`bitext.naming`)
        - ``glossary``: pairs of names that the texts give in parentheses (`bitext.glossary`)
        - ``duplicates``: copies (`bitext.duplicates`)
        - ``statements``, ``statement_summary``: what carriers of a story state in common; ``omissions``,
          ``omission_rates``: what each left out of it (functions of the same names)
        - ``stories``, ``coverage``, ``omitted_words``: events across outlets, who covered them and what each
          left out (functions of the same names); of silent outlets `coverage` has ``nearest``, the article
          most like the story, and ``nearest_score`` (1: as like as the story's own): it may be on it
        - ``articles``, ``removed``, ``problems``: what was read, and what was not

    Raises:
        CorpusError: the corpus holds no article.
        TableError: *by* is not a column of the articles.
        BitextError: *unit* or *copies* is not one of those.

    Examples:
        >>> import bitext
        >>> corpus = bitext.Corpus.from_frame(pd.DataFrame({
        ...     "text": ["Chips matter, chips sell.", "Trade talks go on."], "outlet": ["A", "B"]}))
        >>> bitext.compare(corpus)["groups"][["outlet", "articles", "words"]]
          outlet  articles  words
        0      A         1      4
        1      B         1      4
    """
    tokenizing = {"dictionary": dictionary, "words": words, "learn": learn}
    for what, value, accepted in (("unit", unit, UNITS), ("treatment of copies", copies, COPIES)):
        if value not in accepted:
            raise BitextError.unknown(what, value, accepted)
    counting = {"stopwords": None if stopwords is None else tuple(stopwords), "ngrams": ngrams, "unit": unit}
    chosen = {"weighting": weighting, "copies": copies}
    if isinstance(corpus, Scan):
        group_values(schema.empty(schema.ARTICLES), by)
        with corpus.on(workers=workers if workers > 1 else None).started() as scan:
            batches = Batches(scan, tokenizing, counting, progress, extend=extend)
            stories_too = find_stories is True
            return _compared(batches, by, min_articles, seed, chosen, None, find_stories=stories_too)
    group_values(corpus.articles, by)
    source = InMemory(corpus, tokenizing, counting, workers, extend=extend)
    stories_too = find_stories is not False
    return _compared(source, by, min_articles, seed, chosen, progress, find_stories=stories_too)


def _compared(
    source: Batches | InMemory,
    by: str,
    min_articles: int,
    seed: int,
    chosen: Mapping[str, str],
    progress: Callable[[int], None] | None,
    *,
    find_stories: bool = False,
) -> Comparison:
    sections = ComparisonBuilder(source, by, min_articles, seed, **chosen)
    articles, found = sections.found.articles.drop(columns="words"), None
    if isinstance(source, Batches):
        source.listed = articles
    if find_stories:
        found = event_tables.find(source, articles, sections.found.concepts)
        sections.take_stories(found)
    tables: dict[str, pd.DataFrame] = {}
    for name, table in sections.tables():
        tables[name] = table
        if progress:
            progress(1)
    if found is not None:
        concepts = sections.found.concepts.supported(min_articles)
        del sections.found.concepts, sections.found.distinct  # of a large scan, a third of what is held
        read = event_tables.most_shared(found) if source.divided else found
        tables |= event_tables.tables(source, found, read, articles, concepts, seed)
        if len(read) < len(found):
            number = read["story"].nunique()
            told = f"statements and omissions are those of the {number:,} stories that most outlets have"
            tables["problems"] = noted(tables["problems"], "stories", "sampled", told)
    corpus, tokens = source.sample(shown(sections, tables))
    settings = {"find_stories": find_stories, "seed": seed, **chosen}
    record = run_record("compare", by=by, min_articles=min_articles, **settings)
    for name in ("articles", "problems"):
        places = {text: shareable(text) for text in tables[name]["file"].unique()}
        tables[name] = tables[name].assign(file=tables[name]["file"].map(places))
    tables = with_text_facts(with_printed(tables, tokens, by), tokens, by)
    tables = {"findings": findings(tables, by), **tables}
    record["repeats"] = say_repeats(tables, len(sections.repeats))
    steps = {name: table.attrs["run"] for name, table in tables.items() if "run" in table.attrs}
    if source.pairs:
        record["pairs"] = [f"{zh} = {en}" for zh, en in source.pairs]
    run = {**record, "read": source.run, "tokenize": tokens.run, "tables": steps}
    removed = sections.removed._replace(pieces={}, sizes={})  # these are in the table
    own = table_with(source.pairs)
    return Comparison(corpus, tokens, by, tables, run, sections.page_terms, removed, own)
