"""A Chinese phrase that may name who speaks → the noun phrase in it, without adverbs, times and verbs."""

from functools import cache, lru_cache

from bitext.attribution.chinese.offices import offices
from bitext.attribution.sentence import DOTS, Sentence, Span
from bitext.lexicons.wordlists import words
from bitext.text.chinese.jieba_files import tagged
from bitext.tokens.clauses import BRACKET, NOTHING

_NOUNS = words("zh", "verbs_after_noun")
_SURNAMES = words("zh", "surnames")
_GENERIC = words("zh", "generic")
_STOPPERS = words("zh", "stoppers")
_COUNTS = frozenset("一两二三四五六七八九十几多每某各")
_PRONOUNS = words("zh", "source_pronouns") | words("zh", "person_pronouns") | words("zh", "group_pronouns")
#: Parts of speech, by jieba's letters, that no name ends in; words of foreign names look like rare ones.
_NO_END = frozenset(
    ("d", "t", "p", "c", "u", "uj", "ul", "uz", "ad", "a", "i", "m", "mq", "r", "v", "vd", "f", "z")
)
_RAREST = 60
#: Parts of speech that no name begins with.
_NO_START = frozenset(("c", "d", "p", "ul", "uj", "u"))
#: Nouns, pronouns and names that the dictionary has for something else.
_STAND = (
    words("zh", "noun_heads")
    | frozenset(
        ("很多", "多数", "少数", "大多数", "半数", "其他人", "有人", "有些", "谁", "某", "本报", "本人", "其")
    )
    | frozenset(
        ("微软", "苹果", "百度", "高通", "华夏幸福", "抖音", "知乎", "搜狐", "等", "等等", "之一", "两人")
    )
)
#: Verbs are common words that bear the tag; these are parts of names and titles.
_COMMON = 500
_NO_VERBS = frozenset(
    ("当选", "候选", "前任", "现任", "时任", "组织", "领导", "代表", "监管", "执行", "防治", "出版")
) | frozenset("是有驻兼前")
#: Verbs by which persons are called: 导演李安.
_POSTS = words("zh", "posts") | {"导演", "主持", "翻译", "指挥", "参选", "编剧", "教练", "主编", "总裁"}
#: What begins so points to a body or a text: 该报, 各国.
_POINTING = frozenset("该各")
#: Prepositions that end a foreign name where they stand right before a verb: 阿尔哈|比 says.
LAST_OF_NAMES = frozenset("比于以从向")
#: Nouns of text that the dictionary has for verbs: 判决书, 来信.
_TEXTS = (
    *("书", "信", "文", "函", "协定", "做法", "举动", "行为"),
    *("总结", "通知", "统计", "测算", "估算", "警示", "模型"),
)
#: Bodies and posts that it has for verbs: 组织, 扫黄打非|办.
_BODIES = tuple(
    sorted(
        words("zh", "no_persons") - {"会", "报", "国"}
        | {"办", "处", "署", "院", "厅", "组", "队", "员", "长", "者"}
    )
)
#: What persons and bodies end in.
_HEADS = (
    *_BODIES,
    "家",
    "师",
    "官",
    "人",
    "士",
    "统",
    "相",
    "卿",
    "臣",
    "席",
    "使",
    "理",
    "方",
    "会",
    "教授",
    "部门",
    "单位",
    "机构",
    "网",
    "报",
    "国",
    "州",
    "市",
    "省",
)
#: What companies make or do, at the end of their names.
_TRADES = tuple(sorted(words("zh", "trades")))
#: Places in time and space: what they end is no source, 发布会上, 会谈后; but not 中方.
_WHERE = frozenset(
    ("上", "前", "后", "中", "内", "之下", "之前", "之后", "以后", "以前", "之中", "期间", "里", "下")
)
#: What somebody feels is no part of the name: 当局|怕|消息|外传.
_MINDS = frozenset(("怕", "害怕", "生怕", "唯恐", "以为", "觉得", "知道", "明白"))
#: What 方 makes no body of.
_DIRECTIONS = frozenset(
    ("东方", "西方", "南方", "北方", "地方", "前方", "后方", "上方", "下方", "远方", "对方")
)
#: Behind a verb these make a time: 法院|审理|后.
_WHEN = frozenset(("后", "前", "时", "之后", "之前", "以后", "期间"))
#: Behind these 上 opens a time: 华为|上月.
_TIMES = frozenset(("月", "周", "年", "个", "星期", "礼拜", "旬"))


#: Words whose ends are remembered.
_WORDS = 50_000


def noun_phrase(s: Sentence, first: int, last: int) -> Span | None:
    """Return the tokens (inclusive) of the noun phrase in the tokens *first* to *last*, or None.

    习近平|从头到尾 → 习近平; 数十名|民众|聚集 → 数十名|民众; 毫无疑, 发布会|上 → None.
    """
    begin = first
    while (
        first < last
        and not names_person(s, first, last)
        and (s.words[first] in _starts() or not s.words[first][0].isalnum())
    ):
        if s.words[first] in "《「『“（(【<\"'":
            break
        first += 1
    if _is_place(s, first, last):
        last = _before_time(s, first, last)
        if last < first:
            return None
    while last >= first and _ends_no_name(s, first, last):
        last -= 1
    last = _before_verb(s, first, last)
    if first == last and s.words[first] in _idioms() and s.words[first] not in _STAND:
        return None
    if last < first or (first > begin and first == last and s.marks[first] == BRACKET):
        return None
    return first, last


def _is_place(s: Sentence, first: int, last: int) -> bool:
    """Say whether a phrase says where or when: 联合国大会|上, but not 华为|上 before 月."""
    if last == first or s.words[last] not in _WHERE:
        return False
    return last + 1 >= len(s) or s.words[last + 1] not in _TIMES


def _before_time(s: Sentence, first: int, last: int) -> int:
    """Return the last token before a time that ends a phrase: 法院|审理|后, 李女士|抵达|北京|后.

    -1 where nothing in it is a time: 发布会|后.
    """
    if s.words[last] not in _WHEN:
        return -1
    for place in range(first + 1, last):
        if (s.words[place] in _acts() and s.words[place] not in _NO_VERBS) or _is_number(s.words[place]):
            return place - 1
    if last - first == 2 and before_is_rare(s, first + 1):
        return first  # 蔡玉玲|开庭|前
    after_name = last - 1 > first or s.words[first][0] in _SURNAMES or before_is_rare(s, last)
    return last - 1 if s.words[last] == "后" and after_name and before_is_rare(s, last) else -1


def _is_number(word: str) -> bool:
    """Say whether a word counts times: 两年, 三个."""
    return word[0] in "一两二三四五六七八九十几数" and len(word) > 1 and word[-1] in "年月天日周个度次"


def _ends_no_name(s: Sentence, first: int, last: int) -> bool:
    word = s.words[last]
    if word not in _ends() and word not in _idioms():
        return False
    if word in _NOUNS or word in _GENERIC or word in _PRONOUNS or word in _STAND or word[0] in _POINTING:
        return False
    if word in LAST_OF_NAMES and last > first and before_is_rare(s, last):
        return False
    before = s.words[last - 1] if last > first else ""
    if word in offices() or before + word in offices():
        return False  # 首相, 防卫|相
    if word.endswith("方") and len(word) == 2 and word not in _DIRECTIONS:
        return False  # 中方, 警方
    if last > first and word in _idioms() and not (is_head(word) or is_body(word)):
        return True  # 岚谷科技|矢口否认
    if word not in _ends() or word.endswith(_TEXTS) or is_body(word):
        return False
    # 李|强, 李林|一, 骆家|辉: given names.
    if before and before[0] in _SURNAMES and len(before) <= 2 and len(word) <= 3 - len(before):
        return False
    return before not in ("·", "‧", "•", "・", "-", "老", "小", "阿", "《", "“", "的") or word in (
        "予以",
        "曾",
        "也",
    )


def _before_verb(s: Sentence, first: int, last: int) -> int:
    """Return the last token before a verb with its object: 官员|持|保留|态度.

    当选|总统|X and 救助|基金会 are names: persons and bodies end so, behind the verb or at the end.
    """
    closed = s.words[last] in "》」』”"  # 《答复》
    if last - first < 2 or closed or is_head(s.words[last]) or "的" in s.words[first : last + 1]:
        return last
    for place in range(first + 1, last):
        word = s.words[place]
        if DOTS & {s.words[place - 1], s.words[place + 1]}:
            continue  # 扎尔|迈|·|哈利勒
        verb = word in _verbs() and word not in _NOUNS | _POSTS and not is_head(s.words[place + 1])
        verb = verb or word in _MINDS
        if len(word) == 1 and s.words[last].endswith(_TRADES) and before_is_rare(s, place):
            continue  # 哈尔|登|电池
        if verb and s.quoted[place] == s.quoted[first] and not word.endswith(_TEXTS):
            return place - 1
    return last


@lru_cache(maxsize=_WORDS)
def is_head(word: str) -> bool:
    """Say whether a word ends as words for persons and bodies do: 经济学家, 基金会."""
    return word.endswith(_HEADS)


@lru_cache(maxsize=_WORDS)
def is_body(word: str) -> bool:
    """Say whether a word ends as the names of bodies do: 矿业协会."""
    return word.endswith(_BODIES)


def is_given_name(word: str) -> bool:
    """Say whether a word may be a given name: two characters that are no adverb, verb or number."""
    return len(word) <= 2 and word in _given()


def is_persons_name(word: str) -> bool:
    """Say whether the dictionary has a word for the name of a person: 特朗普."""
    return len(word) > 1 and word in _given()


def is_verb(word: str) -> bool:
    """Say whether the dictionary has a word for a verb, and it is nobody's post: 捍卫, but not 导演."""
    return word in _acts() and word not in _NO_VERBS and word not in _POSTS


def is_act(word: str) -> bool:
    """Say whether a word of several characters is a common verb and no noun: 防止, 修订."""
    return len(word) > 1 and word in _verbs() and word not in _POSTS


def before_is_rare(s: Sentence, place: int) -> bool:
    """Say whether the word before token *place* is no common one: part of a foreign name."""
    word = s.words[place - 1]
    return len(word) > 1 and word not in _plain() and word not in _ends() and word not in _NOUNS


def names_person(s: Sentence, first: int, last: int) -> bool:
    """Say whether two tokens that open a clause are a surname and a given name: 曾|复生."""
    opens = first == 0 or s.marks[first - 1] != NOTHING
    if not opens or last != first + 1 or s.words[first] not in _SURNAMES:
        return False
    given = s.words[last]
    if len(given) != 2 or given[0] in _COUNTS:
        return False
    return not (given in _verbs() or given in _STOPPERS or given in _starts() or given in openers())


def names_somebody(s: Sentence, first: int, last: int) -> bool:
    """Say whether a phrase ends as the names of persons and bodies do: 学者李明, 克里斯·鲍尔丁, 经济学家."""
    word = s.words[last]
    dotted = not DOTS.isdisjoint(s.words[first : last + 1])
    closed = word in ")）" and last > first
    return dotted or closed or is_head(word) or (word[0] in _SURNAMES and 1 < len(word) <= 3)


@cache
def _plain() -> frozenset[str]:
    return tagged(frozenset(("n", "ns", "nt", "l", "vn", "nz", "j", "s", "b")), least=_RAREST)


@cache
def _given() -> frozenset[str]:
    return tagged(frozenset(("nr", "nrt", "nrfg", "nz")))


@cache
def _verbs() -> frozenset[str]:
    return tagged(frozenset("v"), least=_COMMON) - _NO_VERBS


@cache
def _acts() -> frozenset[str]:
    """Return all verbs, rare ones, too, with those that are nouns as well: 审理, 开庭."""
    return tagged(frozenset(("v", "vn", "vd")))


@cache
def _idioms() -> frozenset[str]:
    """Return phrases of four characters: 接连不断."""
    return frozenset(word for word in tagged(frozenset(("i", "l", "z", "d"))) if len(word) == 4)


@cache
def _ends() -> frozenset[str]:
    return tagged(_NO_END, least=_RAREST)


@cache
def openers() -> frozenset[str]:
    """Return times that may stand before a name: 上午, 昨天."""
    return tagged(frozenset("t"), least=_RAREST) - _STAND - {"正在", "曾经"}


@cache
def _starts() -> frozenset[str]:
    return tagged(_NO_START, least=_RAREST) - {"与", "和", "及", "各", "据"} | {"•"}
