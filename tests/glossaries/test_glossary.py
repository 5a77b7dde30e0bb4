"""The glossary: pairs that texts give in parentheses, measured on parentheses that a reader has judged."""

from pathlib import Path

import pandas as pd
import pytest

import bitext
from bitext.concepts.lookup import ConceptTable
from bitext.errors import BitextError
from bitext.glossaries.glossary import known_words

CASES = Path(__file__).parents[1] / "cases" / "glossary.tsv"


def mined(*texts: str, **options: object) -> pd.DataFrame:
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": "A"}))
    return bitext.glossary(bitext.tokenize(corpus), **options)


def pairs(*texts: str) -> list[tuple[str, str]]:
    table = mined(*texts)
    return sorted(zip(table["zh"], table["en"], strict=True))


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("行业巨头阿斯麦（ASML）表示", ("阿斯麦", "ASML")),
        ("内部市场专员蒂埃里‧布雷顿（Thierry Breton）说", ("蒂埃里·布雷顿", "Thierry Breton")),
        ("数码事务大臣田中一郎（Ichiro Tanaka）出席", ("田中一郎", "Ichiro Tanaka")),
        ("峰会由七大工业国集团（G7）召开", ("七大工业国集团", "G7")),
        ("他在《芯片周刊》（Chip Weekly）撰文", ("芯片周刊", "Chip Weekly")),
        ("參議員莫倫貝克（Sen. Anna Morenbeck, D-NY）", ("莫伦贝克", "Anna Morenbeck")),
        # 州长, 枢机卿 end before the name; no body holds the verb 当选; a Latin word of both begins the name
        ("纽约州长霍楚（Kathy Hochul）说", ("霍楚", "Kathy Hochul")),
        ("国务枢机卿伯多禄·帕罗林（Pietro Parolin）说", ("伯多禄·帕罗林", "Pietro Parolin")),
        ("李勇当选联合国工业发展组织（UNIDO）总干事", ("联合国工业发展组织", "UNIDO")),
        ("全球最大的连锁影院AMC娱乐（AMC Entertainment）表示", ("AMC娱乐", "AMC Entertainment")),
        # spelled in pinyin, what is translated behind it: a maker of lithium, a tech firm, a chairman
        ("电池企业珞璜锂能（Luohuang Lithium）周一宣布", ("珞璜锂能", "Luohuang Lithium")),
        ("投资了中能科技（Zhongneng Tech）", ("中能科技", "Zhongneng Tech")),
        ("董事长贺庭远（He Tingyuan）说", ("贺庭远", "He Tingyuan")),
        ("总部位于柯克兰的图书馆协会（英文：Library Association）", ("图书馆协会", "Library Association")),
        ("Shares of Semiconductor Manufacturing International (中芯国际) fell", None),
        ("外商直接投资增加，FDI（外商直接投资）回升", ("外商直接投资", "FDI")),
    ],
)
def test_pairs_are_found(text: str, pair: tuple[str, str] | None) -> None:
    wanted = pair or ("中芯国际", "Semiconductor Manufacturing International")
    assert pairs(text) == [wanted]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        # the share suffers under the consumer price index; a jet flew into the zone
        ("该股受到消费者物价指数（CPI）影响", ("消费者物价指数", "CPI")),
        ("一架军机一度飞入韩国防空识别区（KADIZ）", ("韩国防空识别区", "KADIZ")),
        ("据李明博士（Dr Li Ming）说", ("李明", "Li Ming")),
        ("成员默克里参议员（Sen. Jeff Merkley, D-OR）", ("默克里", "Jeff Merkley")),
        (
            "毕业于加州大学伯克利分校（University of California, Berkeley）",
            ("加州大学伯克利分校", "University of California, Berkeley"),
        ),
        ("美军马斯廷号驱逐舰（USS Mustin）通过", ("马斯廷号驱逐舰", "USS Mustin")),
        ("服务企业索迪斯集团（SODEXO）", ("索迪斯集团", "SODEXO")),
        ("“如果乔·拜登（Joe Biden）当选", ("乔·拜登", "Joe Biden")),  # "if …", a quotation that goes on
        ("“我支持川普（Donald Trump）的政策", ("川普", "Donald Trump")),  # "I support"
        ("中国的智库--中国信息通信研究院（CAICT）", ("中国信息通信研究院", "CAICT")),  # behind a dash
        ("他周一敦促司法部（DOJ）", ("司法部", "DOJ")),
        ("「停留在奥斯坦德（Ostend）的人", ("奥斯坦德", "Ostend")),
        ("新书《让我们梦想》（Let Us Dream: The Path）", ("让我们梦想", "Let Us Dream")),
    ],
)
def test_edges_of_kinds_that_used_to_be_wrong(text: str, pair: tuple[str, str]) -> None:
    assert pairs(text) == [pair]


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("国防部长普拉博沃·苏比安托（Prabowo）被禁止入境", ("普拉博沃·苏比安托", "Prabowo")),
        ("得到了州长若昂·多利亚（João Doria）的支持", ("若昂·多利亚", "João Doria")),
        ("国际研究院副教授张嘉松（Alan Chong）说", ("张嘉松", "Alan Chong")),
        ("拜登选择经济专家-贾里德·伯恩斯坦（Jared Bernstein）", ("贾里德·伯恩斯坦", "Jared Bernstein")),
        ("向美国申请紧急使用授权（EUA）的疫苗", ("紧急使用授权", "EUA")),
        ("货轮船长林若庭（Lin Ruoting）说", ("林若庭", "Lin Ruoting")),
        ("Captain Lin Ruoting (林若庭) said", ("林若庭", "Lin Ruoting")),
        ("The freighter Haiheng 7 (海衡7号) sank", ("海衡7号", "Haiheng 7")),
        ("网民在页面写下Taiwan can help（台湾能帮忙）等留言", None),
    ],
)
def test_no_name_is_torn(text: str, pair: tuple[str, str] | None) -> None:
    found = pairs(text)
    assert found == [] if pair is None else [pair] == found


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        # environment, social matters and governance; post-totalitarianism; anti-access and area denial
        ("報告談環境、社會和治理（ESG）", ("环境、社会和治理", "ESG")),
        ("他区分了后极权主义（Post-Totalitarianism）", ("后极权主义", "Post-Totalitarianism")),
        ("以检验区域拒止（A2/AD）", ("区域拒止", "A2/AD")),
        # what stands before the name of a body is none of it: "according to", "the trade association"
        (
            "据北方草原消息中心（Northern Steppe Information Center）说",
            ("北方草原消息中心", "Northern Steppe Information Center"),
        ),
        ("行业组织海港酒店联盟（Harbour Hotel Alliance）称", ("海港酒店联盟", "Harbour Hotel Alliance")),
        # titles of the church on both sides; Latin letters as wide as Chinese characters
        ("馬仲庭主教（Bishop Ma Zhongting）", ("马仲庭", "Ma Zhongting")),
        (
            "—--信息通信研究院（Academy of Telecommunications）",
            ("信息通信研究院", "Academy of Telecommunications"),
        ),
        ("国务卿蓬佩奥（Ｍichael Pompeo）", ("蓬佩奥", "Michael Pompeo")),
    ],
)
def test_names_are_whole_and_without_what_stands_beside_them(text: str, pair: tuple[str, str]) -> None:
    assert pairs(text) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "总部在英国的自由西藏（Free Tibet）",  # the place alone would be given: "Tibet"
        "警备军101营（Reserve Police Battalion 101）",  # one character for four words: "battalion"
        "公布了《广播法（征求意见稿）》（PDF）",  # a kind of file
        "悉尼的国王学院（King's Own Institute）",  # a kind of body alone: "institute"
    ],
)
def test_less_than_the_name_is_not_given(text: str) -> None:
    assert pairs(text) == []


def test_a_title_in_one_word_with_the_name_is_none_of_it() -> None:
    frame = pd.DataFrame({"text": ["州务卿凯西·博克瓦尔（Kathy Boockvar）说。"], "outlet": ["A"]})
    tokens = bitext.tokenize(bitext.Corpus.from_frame(frame), words=["州务卿凯西·博克瓦尔"])  # as learnt
    assert bitext.glossary(tokens)["zh"].tolist() == ["凯西·博克瓦尔"]


def test_a_slogan_is_no_name() -> None:
    assert pairs("标语写着台湾能帮忙（Taiwan can help）。") == []


@pytest.mark.parametrize(
    "text",
    [
        "会议周三（7月3日）举行",
        "以九千亿日元（63亿美元）收购",
        "工厂外景（Getty Images）",
        "第二季（Q2）业绩",
        "张三（化名）说",
        "见左图（左）",
        "growth slowed (see chart)",
        "他说（这是真的）没有问题",
        "疫苗（AZD1222）获批",
    ],
)
def test_other_parentheses_are_not(text: str) -> None:
    assert pairs(text) == []


def test_the_more_frequent_edge_wins() -> None:
    """One text alone may mislead; where others show the name without its neighbour, they decide."""
    table = mined(
        "某日，索拉里斯（Zorblat）到。", "今天，索拉里斯（Zorblat）说。", "新秀索拉里斯（Zorblat）说。"
    )
    assert "索拉里斯" in table["zh"].tolist()


def test_counts_articles_and_outlets() -> None:
    texts = ["阿斯麦（ASML）。阿斯麦（ASML）。", "阿斯麦（ASML）。"]
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": ["A", "B"]}))
    row = bitext.glossary(bitext.tokenize(corpus)).iloc[0]
    assert (row["n"], row["articles"], row["outlets"], row["concept"]) == (3, 2, 2, "asml")


def test_evidence_gives_the_place_of_each_name() -> None:
    text = "大臣蒂埃里‧布雷顿（Thierry Breton）说"
    row = mined(text, evidence=True).iloc[0]
    assert text[row["start"] : row["end"]] == row["surface"] == "蒂埃里‧布雷顿"


def test_mined_names_are_words_and_concepts_of_the_run() -> None:
    text = "芯片商索拉里斯（Solaris Chips）与索拉里斯。Solaris Chips fell."
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": [text], "outlet": "A"}))
    found = pd.DataFrame({"zh": ["索拉里斯"], "en": ["Solaris Chips"]})
    tokens = bitext.tokenize(corpus, words=known_words(found))
    assert "索拉里斯" in tokens.types
    counts = bitext.count(tokens, unit="concept", concepts=ConceptTable.default().extended(found))
    column = counts.terms.tolist().index("mined:solaris_chips")
    assert counts.matrix.toarray()[0, column] == 4


def test_wrong_confidence_is_named() -> None:
    with pytest.raises(BitextError, match="min_confidence=7"):
        mined("阿斯麦（ASML）", min_confidence=7)


@pytest.mark.parametrize("latin", ["AL", "Den", "the", "of the"])
def test_a_parenthesis_of_joining_words_alone_is_looked_at_as_any_other(latin: str) -> None:
    texts = [f"行业巨头晶圆厂（{latin}）称，周三来访。"]
    table = bitext.glossary(bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": texts}))))
    assert set(table["en"]) <= {latin}
