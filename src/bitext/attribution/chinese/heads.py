"""Whether the last word of a Chinese noun phrase can be somebody who says something, or a text that does."""

from functools import cache, lru_cache

from bitext.attribution.chinese.nouns import LAST_OF_NAMES, before_is_rare
from bitext.attribution.sentence import DOTS, Sentence
from bitext.concepts.concept_names import certain
from bitext.concepts.table import NAMED, ConceptTable
from bitext.lexicons import loader
from bitext.lexicons.wordlists import words
from bitext.text.chinese.jieba_files import tagged
from bitext.words.lists import word_list

_SURNAMES = words("zh", "surnames")
_BODIES = NAMED - {"person", "media", "city", "region"}
#: Characters in which the words for persons and bodies end: 矿工, 气象局.
_ENDS = tuple(sorted(words("zh", "speaker_ends")))
#: Parts of speech, by jieba's letters: of names, and of nouns, some of which end as the others do.
_NAMES = frozenset(("nr", "nrt", "nrfg", "ns", "nt", "nz", "j"))
_NOUNS = _NAMES | frozenset(("n", "s", "l", "i", "b", "ng", "r", "rr"))
#: Those of all other words.
_OTHERS = frozenset(
    ("v", "vd", "vn", "vq", "vg", "a", "ad", "an", "ag", "d", "df", "dg", "c", "p", "z", "zg")
) | (
    frozenset(
        ("m", "mq", "q", "t", "tg", "f", "u", "ud", "ug", "uj", "ul", "uv", "uz", "y", "k", "e", "o", "h")
    )
)
#: What the segmenter leaves of the next word with a name that it does not know: 陈道银|则, 苏惠德|在.
TRAILING = frozenset("则亦也未仍却已曾便即将还续在于对向因稍")
#: Characters of no name that is not in the dictionary: 还称, 刚下, 一书中.
_NO_NAME = TRAILING | frozenset(
    "称说能以及而是令让使把被应如若但与或并更很太最且都正会要想敢肯问指其之这那时来上下里了着过吗呢吧的地得不没有为从到去"
)
_GIVEN_NAME, _CHINESE_NAME = 2, 3
#: Tokens that the last part of a foreign name has, and its dot.
_PARTS = 3
#: Characters in which no Chinese name ends.
_NO_CHINESE_NAME = (TRAILING - {"在", "就", "还"}) | frozenset("称说的了着过")
#: What words for persons end in.
_PERSONS = ("人", "者", "员", "们", "家", "官", "师", "长", "人士", "民", "友", "警方")
#: What counts persons: 一名|销售.
_COUNTED = ("一名", "一位", "名", "位")


def can_head(s: Sentence, first: int, last: int) -> bool:
    """Say whether the phrase of the tokens *first* to *last* ends in a word that can speak.

    A person by name, office or trade, a body, a place that stands for its government, or a text: 学者|李明,
    村民, 气象局, 东京, 报告. Common words that are none of these cannot (门槛, 多渠道, 美丽|的|话语).
    """
    word = bare_word(s.words[last])
    before = s.words[last - 1] if last > first else ""
    if _can_speak(word) or before + word in speakers() or s.words[first].endswith(_COUNTED):
        return True
    if not DOTS.isdisjoint(s.words[max(first, last - _PARTS) : last]):
        return True  # 贝|芙|·|巴纳|姆
    if len(word) == 1 and before and (word in _ENDS or begins_name(before) or _is_spelt(before + word)):
        return True  # 扫黄打非|办, 陈季|冰, 拉瑟|姆
    if word in LAST_OF_NAMES and before and before_is_rare(s, last):
        return True  # 格瑞斯|比
    if len(before) == 1 and last - 2 >= first and s.words[last - 2] in _SURNAMES:
        return len(word) == 1  # 孔|诰|烽
    return len(word) <= _GIVEN_NAME and (before in _SURNAMES or _ends_in_surname(before))


@lru_cache(maxsize=1 << 14)
def _can_speak(word: str) -> bool:
    if not "一" <= word[-1] <= "鿿":
        return True  # a Latin name, a gloss, a title
    if word in speakers() or word in _named() or word.endswith(_long()):
        return True
    if word in _nouns():
        return word in _names() or (len(word) > 1 and word.endswith(_ENDS))
    if word in _others():
        return len(word) > _GIVEN_NAME and word.endswith(_ENDS)  # 预报员
    return spells_name(word)


def spells_name(word: str) -> bool:
    """Say whether a word that no dictionary has may be a name, or ends as those of bodies and persons do."""
    if len(word) > 1 and word.endswith(_ENDS) and word[0] not in _NO_NAME:
        return True
    if word[0] in _SURNAMES and len(word) == _CHINESE_NAME:
        return word[-1] not in _NO_CHINESE_NAME
    return len(word) > 1 and (_is_spelt(word) or _NO_NAME.isdisjoint((word[0], word[-1])))


@lru_cache(maxsize=1 << 14)
def bare_word(word: str) -> str:
    """Return a word that no dictionary has without what the segmenter left behind a name in it: 梁子超|则."""
    begins = len(word) == _GIVEN_NAME and word[0] in _SURNAMES  # 郭于|华
    trails = len(word) > 1 and word[-1] in TRAILING and not begins
    return word[:-1] if trails and is_unknown(word) else word


def is_unknown(word: str) -> bool:
    """Say whether no list and no dictionary has a word of several characters."""
    known = word in speakers() or word in _named() or word in _nouns() or word in _others()
    return len(word) > 1 and not known


def is_proper(word: str) -> bool:
    """Say whether a word is a name of somebody or of a place, or no dictionary has it: 奥兰."""
    return is_unknown(word) or (len(word) > 1 and word in _names())


@lru_cache(maxsize=1 << 14)
def is_predicate(word: str) -> bool:
    """Say whether a word is a verb, an adjective, an adverb or the like, and no noun of what is done."""
    if word in speakers() or word in _nouns():
        return False
    verb = word in _others() and word not in _deeds()
    return verb or (is_unknown(word) and not spells_name(word))


def is_deed(word: str) -> bool:
    """Say whether the dictionary has a word for a verb and the noun of it: 威胁, 批评."""
    return word in _deeds()


def is_person(word: str) -> bool:
    """Say whether a word ends as those for persons do."""
    return len(word) > 1 and word.endswith(_PERSONS) and word != "国家"


def is_body(word: str) -> bool:
    """Say whether a word is the name of a certain country, government, organisation, party or company."""
    return word in _bodies()


def is_text(word: str) -> bool:
    """Say whether a word is one for a text or data."""
    return word in words("zh", "documents") or word in words("zh", "verbs_after_noun")


def _is_spelt(word: str) -> bool:
    """Say whether all characters are such that spell foreign names."""
    return len(word) > _GIVEN_NAME and word_list("spells").issuperset(word)


def begins_name(word: str) -> bool:
    """Say whether a word may be a surname with the first character of a given name: 唐云|淑."""
    return len(word) == _GIVEN_NAME and word[0] in _SURNAMES and (word in _names() or is_unknown(word))


def _ends_in_surname(word: str) -> bool:
    """Say whether a guess of the segmenter ends in a surname: 评论|员程|翔."""
    return word[-1:] in _SURNAMES and is_unknown(word)


@cache
def speakers() -> frozenset[str]:
    """Return the words for persons, bodies and texts that the lists hold."""
    lists = ("speakers", "documents", "generic", "noun_heads", "posts", "verbs_after_noun", "no_persons")
    pronouns = ("source_pronouns", "person_pronouns", "group_pronouns", "first_person")
    cues = ("role", "outlet_source", "anon_source")
    return frozenset().union(
        *(words("zh", name) for name in (*lists, *pronouns, "trades")),
        (row["form"].removeprefix("=") for row in loader.rows("actors") if row["lang"] == "zh"),
        (row["cue"] for row in loader.rows("cues") if row["lang"] == "zh" and row["feature"] in cues),
    )


@cache
def _long() -> tuple[str, ...]:
    """Return those of several characters: words end in them, 统计|数据, 交通|银行."""
    return tuple(sorted(word for word in speakers() if len(word) > 1))


@cache
def _named() -> frozenset[str]:
    """Return the Chinese forms of concepts that are somebody, or a place."""
    table = ConceptTable.default()
    kinds = NAMED | {"military", "role"}
    return frozenset(
        form.text for form in table.forms if any(table.kinds[number] in kinds for number in form.concepts)
    )


@cache
def _bodies() -> frozenset[str]:
    """Return the Chinese forms of several characters of concepts that are one certain body or country."""
    table = ConceptTable.default()
    sure = {
        number
        for number, (label, kind) in enumerate(zip(table.labels, table.kinds, strict=True))
        if kind in _BODIES and label in certain()
    }
    return frozenset(
        form.text for form in table.forms if len(form.text) > 1 and sure.issuperset(form.concepts)
    )


@cache
def _names() -> frozenset[str]:
    return tagged(_NAMES)


@cache
def _nouns() -> frozenset[str]:
    return tagged(_NOUNS)


@cache
def _deeds() -> frozenset[str]:
    return tagged(frozenset(("vn",)))


@cache
def _others() -> frozenset[str]:
    return tagged(_OTHERS)
