"""Words that recur torn are found with their evidence, in whatever parts the articles come."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.errors import BitextError
from bitext.words.new_words import entries

#: 郭家麒 (a name, torn 郭家|麒), 比特币 (bitcoin, torn 比特|币), 刘健 with 称 (says) glued to it.
TEXTS = [
    "议员郭家麒表示不满。比特币昨天大涨，投资者欢呼。",
    "郭家麒说，会议改期。许多人持有比特币。",
    "他认识郭家麒。研究员刘健称，油价会跌。",
    "买卖比特币的人很多，用比特币付款的很少。研究员刘健称，需求不足。",
]


def corpus(texts: list[str] = TEXTS) -> bitext.Corpus:
    return bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": "A"}))


def test_torn_names_and_terms_are_found_with_their_pieces() -> None:
    found = bitext.new_words(corpus()).set_index("word")
    assert found.loc["比特币", ["kind", "n", "torn", "articles", "pieces"]].tolist() == [
        "term",
        4,
        4,
        3,
        "比特|币",
    ]
    assert found.loc["郭家麒", ["kind", "n", "articles"]].tolist() == ["name", 3, 3]
    assert "郭家麒" in found.loc["郭家麒", "example"]


def test_a_verb_glued_to_a_name_is_taken_off() -> None:
    found = bitext.new_words(corpus()).set_index("word")
    assert found.loc["刘健", ["kind", "n"]].tolist() == ["name", 2]
    surfaces = bitext.tokenize(corpus(), learn=True).surfaces()
    assert "刘健" in surfaces
    assert "刘健称" not in surfaces


def test_learning_makes_them_whole_and_the_run_record_lists_them() -> None:
    plain, learnt = bitext.tokenize(corpus()), bitext.tokenize(corpus(), learn=True)
    assert plain.surfaces().count("比特币") == 0
    assert learnt.surfaces().count("比特币") == 4
    assert "郭家麒" in learnt.run["parameters"]["learnt"]
    assert "".join(plain.surfaces()) == "".join(learnt.surfaces())


def test_the_run_record_of_a_scan_lists_the_learnt_words(tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS * 2):
        (tmp_path / f"{number:02}.txt").write_text(f"{text}{number}号。", encoding="utf-8")
    scan = bitext.tokenize(bitext.scan(tmp_path), learn=True)
    record = bitext.count(scan).group("outlet").run["before"]["parameters"]
    in_memory = bitext.tokenize(bitext.read(tmp_path), learn=True).run["parameters"]
    assert record["learnt"] == in_memory["learnt"] != []
    compared = bitext.compare(bitext.scan(tmp_path)).run["tokenize"]["parameters"]
    assert "比特币" in compared["learnt"]


def test_a_form_of_a_concept_is_learnt_though_it_begins_as_no_word_does() -> None:
    # 那 (that) begins no word, but for 那斯达克 (Nasdaq, as Taiwan writes it).
    texts = ["那斯达克指数上涨。", "投资者买那斯达克的股票。", "昨天那斯达克下跌，那斯达克期货也跌。"]
    assert "那斯达克" in set(bitext.new_words(corpus(texts))["word"])


def test_chance_neighbours_and_forms_of_concepts_are_no_part_of_a_new_word() -> None:
    # 打疫苗 (get vaccinated), 该国 (that country), 第一 (first): neighbours that recur, but no words.
    texts = [
        "他打疫苗，该国第一例。",
        "她打疫苗，在该国。",
        "都打疫苗了，该国说。",
        "疫苗到了，国会开会，第二例。",
    ]
    assert not set(bitext.new_words(corpus(texts))["word"]) & {"打疫苗", "该国", "第一例"}


def test_the_table_is_the_same_however_articles_are_divided(tmp_path: Path) -> None:
    for number, text in enumerate(TEXTS * 3):
        (tmp_path / f"{number:02}.txt").write_text(f"{text}{number}号。", encoding="utf-8")
    whole = bitext.new_words(bitext.read(tmp_path))
    pd.testing.assert_frame_equal(whole, bitext.new_words(bitext.scan(tmp_path, size=100)))
    learnt = bitext.tokenize(bitext.scan(tmp_path), learn=True)
    at_once = bitext.count(bitext.tokenize(bitext.read(tmp_path), learn=True)).group("outlet")
    assert bitext.count(learnt).group("outlet") == at_once


def test_thresholds_below_one_are_refused() -> None:
    with pytest.raises(BitextError, match="min_count=0"):
        bitext.new_words(corpus(), min_count=0)


def test_a_word_is_forbidden_by_frequency_zero_and_nonsense_frequencies_are_reported() -> None:
    texts = corpus(["中国政府表示欢迎。"])  # the Chinese government says it welcomes
    assert "中国政府" in bitext.tokenize(texts).surfaces()
    assert bitext.tokenize(texts, words=[("中国政府", 0)]).surfaces()[:2] == ["中国", "政府"]
    for nonsense in (float("nan"), float("inf"), 2.5, "many"):
        with pytest.warns(UserWarning, match=f"list:1: frequency {nonsense!r} is not a whole number"):
            assert "欢迎" in bitext.tokenize(texts, words=[("欢迎", nonsense)]).surfaces()
    with pytest.raises(BitextError, match=r"a list of str or tuple \(str, number"):
        bitext.tokenize(texts, words=[("欢迎", True)])
    table = pd.DataFrame({"word": ["欢迎"], "frequency": [float("inf")]})
    with pytest.warns(UserWarning, match="inf is not a whole number"):
        bitext.tokenize(texts, words=table)


def test_compare_learns_by_default_and_takes_words_and_stop_words() -> None:
    found = bitext.compare(corpus(), find_stories=False, stopwords=["投資者"])
    assert "比特币" in found.run["tokenize"]["parameters"]["learnt"]
    terms = set(found["keywords"]["term"])
    assert "比特币" in terms
    assert "投资者" not in terms
    plain = bitext.compare(corpus(), find_stories=False, learn=False)
    assert "比特币" not in set(plain["keywords"]["term"])


def test_no_new_word_covers_a_form_of_a_concept() -> None:
    # 拜登上任 (Biden takes office), which the segmenter tears into 拜|登上|任
    texts = ["拜登上任之后。", "自拜登上台以来。", "今年拜登上周说。", "，拜登上任，"]
    found = set(bitext.new_words(corpus(texts), min_count=2)["word"])
    assert not any("拜登" in word for word in found)


#: Each name stands once: 詹成付 (Zhan, after a role), 李龙男 (glued to 为, is), two foreign names with dots
#: before verbs and marks, 温纳貌伦 (Lwin, spelt behind), and the author 高亦葳.
ONCE = [
    "卫生防护中心主任詹成付在简报会上说，情况有变。",
    "朝方任命新大使。大使李龙男为贸易专家。",
    "涉事警员德里克·肖万将受审。兄弟罗德尼·巴特利特说：“不满。”",
    "缅甸军政府任命的外长温纳貌伦（Wunna Maung Lwin）出席。",
]


def named(texts: list[str]) -> bitext.Corpus:
    return bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": "晨声报", "author": "高亦葳"}))


def test_a_name_with_something_around_it_is_learnt_from_one_occurrence() -> None:
    found = bitext.new_words(named(ONCE)).set_index("word")["kind"]
    assert found["詹成付"] == found["李龙男"] == "name"
    assert found["德里克·肖万"] == found["罗德尼·巴特利特"] == "foreign"
    assert found["温纳貌伦"] == "glossary"
    assert found["高亦葳"] == "byline"
    surfaces = set(bitext.tokenize(named(ONCE), learn=True).surfaces())
    assert {"詹成付", "李龙男", "德里克·肖万", "罗德尼·巴特利特", "温纳貌伦"} <= surfaces


def test_words_beside_names_are_no_part_of_them() -> None:
    found = set(bitext.new_words(named(["议员方面表示不满。教授任教，高度评价。局长说明情况。"]))["word"])
    assert not found & {"方面", "任教", "高度", "说明"}


def test_names_are_the_same_however_articles_are_divided(tmp_path: Path) -> None:
    for number, text in enumerate(ONCE * 2):
        (tmp_path / f"{number:02}.txt").write_text(f"{text}{number}号。", encoding="utf-8")
    whole = bitext.new_words(bitext.read(tmp_path))
    pd.testing.assert_frame_equal(whole, bitext.new_words(bitext.scan(tmp_path, size=60)))


def test_learning_gives_the_tokens_of_a_cut_with_all_words() -> None:
    texts = named([*TEXTS, *ONCE, "", "市 政 府，議 員 郭 家 麒。\n“比特幣”", "Only English. 郭家麒 said."])
    learnt = bitext.tokenize(texts, learn=True)
    whole = bitext.tokenize(texts, words=entries(bitext.new_words(texts)))
    for column in ("types", "term", "start", "end", "sentence", "kind", "lang", "bounds"):
        one, other = getattr(learnt, column), getattr(whole, column)
        assert one.dtype == other.dtype
        assert np.array_equal(one, other), column
    assert learnt.run["parameters"]["entries_hash"] == whole.run["parameters"]["entries_hash"]


def test_a_term_holds_against_rare_words_over_its_end() -> None:
    # 冠病 (Singapore's word for Covid-19) in 冠病疫情, where the dictionary has a rare word 病疫情.
    texts = ["受冠病疫情影响。", "他感染冠病。", "冠病疫情持续。", "确诊冠病者。", "防冠病，冠病疫苗抵达。"]
    tokens = bitext.tokenize(corpus(texts), words=[("冠病", 100)])
    assert tokens.surfaces().count("冠病") == 6
    assert entries(pd.DataFrame({"word": ["冠病", "郭家麒"], "kind": ["term", "name"]})) == [
        ("冠病", 100),
        ("郭家麒", None),
    ]


def found_in(*texts: str) -> set[str]:
    return set(bitext.new_words(corpus(list(texts)))["word"])


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # a Democrat, Joe Hogan: the last character of what he is
        ("美国民主党人乔·霍根（Joe Hogan）说，会议改期。", {"乔·霍根"}),
        # Fred Hutchinson in Seattle
        ("更加关注，”西雅图弗雷德·哈钦森癌症研究中心说", {"弗雷德·哈钦森"}),
        # the German foundation Hans Böckler; adviser Jack Swalwell put forward
        ("德国汉斯·伯克勒基金会计算得出", {"汉斯·伯克勒"}),
        ("顾问杰克·斯沃维尔提出外交愿景。", {"杰克·斯沃维尔"}),
        # to become a member (为), said (说), joined by the dictionary with the syllable before
        ("众议员艾瑞克·斯沃维尔为情报委员会委员。", {"艾瑞克·斯沃维尔"}),
        ("参与者桑格塔·萨胡说：“好。”", {"桑格塔·萨胡"}),
        # a title with a dot in it is nobody
        ("在《美国医学会杂志·儿科》发表。", set()),
        # captain Song Zhenghe and others; minister Song Zhenghe said
        ("大队副队长宋正和等人到场。", {"宋正和"}),
        ("国防部长宋正和表示不满。", {"宋正和"}),
        # professor Wang and chairman Li: and stays and
        ("教授王淳和主席李淳表示不满。", {"王淳", "李淳"}),
        # a professor named Hou, a man named Zhan, vice president Lai
        ("她被侯姓教授邀请，詹男否认，赖副总统表示。", set()),
    ],
)
def test_names_begin_and_end_where_they_do(text: str, names: set[str]) -> None:
    found = found_in(text)
    assert names <= found
    if not names:
        assert not found


def test_the_last_character_of_a_name_may_be_and() -> None:
    # the minister Kang Kyung-wha (康京和): 和 (and) stands behind 康京 each time
    texts = ["外长康京和9日到访。", "外长康京和星期四到访。", "外长康京和前外长会面。"]
    assert "康京和" in found_in(*texts)
    assert "康京" in found_in(*texts, "外长康京说，会议改期。")


def test_the_beginning_of_a_longer_name_is_none() -> None:
    found = found_in("體育部長馬拉希尼亞努（Roxana Maracineanu）宣布。")  # the minister of sports
    assert "马拉希尼亚努" in found
    assert "马拉希" not in found


def test_marks_around_a_term_are_edges_and_figures_are_all_alike() -> None:
    # to fleece small investors, in quotation marks each time; died of illness, behind a figure each time
    quoted = [f"{text}“割韭菜”，{text}。" for text in ("他们说是", "股民怕被", "不要再", "有人在")]
    assert "割韭菜" in found_in(*quoted)
    counted = [f"{n}人病殁，{n}人病殁。" for n in (5, 28, 70, 300)]
    assert not any("人病" in word for word in found_in(*counted))


def test_an_office_is_no_part_of_the_name_behind_it() -> None:
    # secretaries of state of Pennsylvania and Michigan (州务卿)
    found = found_in("宾州州务卿凯西·博克瓦尔说，计票结束。", "密歇根州州务卿乔塞琳·本森表示。")
    assert {"凯西·博克瓦尔", "乔塞琳·本森"} <= found
    assert not any("州务卿" in word for word in found)
