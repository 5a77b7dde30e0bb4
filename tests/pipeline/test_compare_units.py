"""What counts in a comparison: stories as units, and a text that an outlet printed twice counts once."""

import numpy as np
import pandas as pd

import bitext

#: Sentences about one event each: a bridge, a bank, a school, ...
EVENTS = ["大桥裂缝封闭修复", "银行利率下调基点", "学校校长辞职调查", "工厂火灾疏散居民"]
EVENTS += ["球队决赛获胜冠军", "医院疫苗接种老人", "机场跑道积雪延误", "港口货轮碰撞沉没"]
EVENTS += ["法院判决驳回上诉", "矿山塌方营救矿工", "水库泄洪淹没农田", "剧院歌剧首演成功"]
EVENTS += ["超市牛奶召回下架", "铁路隧道贯通试车", "渔民台风避风回港", "大学教授论文抄袭"]
EVENTS += ["市长选举计票结束", "森林大象踩坏果园", "油价上涨出租抗议", "邮局包裹丢失赔偿"]
EVENTS += ["动物熊猫双胞诞生", "卫星火箭升空入轨", "地铁停电乘客滞留", "作家小说获奖翻译"]


def corpus(copies: int = 1) -> bitext.Corpus:
    """Two outlets on twelve days, a story a day; one of them prints its first article several times."""
    rng = np.random.default_rng(2)
    rows = []
    for day in range(24):
        event = EVENTS[day % len(EVENTS)]
        for outlet, word in (("甲", "当局"), ("乙", "官方")):  # the authorities, the officials
            number = "".join(rng.permutation(list("甲乙丙丁戊己庚辛")))
            text = f"{event}。{event[:4]}{number}，{word}说明第{day}号情况。{event}引起关注。"
            date = pd.Timestamp("2031-03-03") + pd.Timedelta(days=day)
            rows += [(outlet, date, f"{event}{day}", text)] * (copies if outlet == "甲" and day == 0 else 1)
    return bitext.Corpus.from_frame(pd.DataFrame(rows, columns=["outlet", "date", "title", "text"]))


def test_stories_are_the_units_where_there_are_enough() -> None:
    result = bitext.compare(corpus())
    parameters = result["keyness"].attrs["run"]["zh"]["parameters"]
    assert parameters["cluster"] == "story"
    assert result["stories"]["story"].nunique() >= 10
    row = result["keyness"].set_index(["target", "term"]).loc[("甲", "当局")]
    assert row["q"] < 0.05
    few = bitext.compare(bitext.Corpus(corpus().articles.iloc[:10].reset_index(drop=True)))
    assert "cluster" not in few["keyness"].attrs["run"]["zh"]["parameters"]


def test_what_an_outlet_prints_again_counts_once() -> None:
    once, often = bitext.compare(corpus()), bitext.compare(corpus(copies=9))
    counted = [result["keyness"].set_index(["target", "term"])["n_target"] for result in (once, often)]
    assert counted[0].equals(counted[1])
    assert len(often["articles"]) == len(once["articles"]) + 8
    assert (often["duplicates"]["relation"] == "repeat").sum() == 8


def test_groups_too_small_to_be_compared_are_put_together_and_the_comparison_stands() -> None:
    found = corpus()
    rare = [f"丙{number % 3}" for number in range(6)]  # three outlets of two articles each
    articles = found.articles.assign(outlet=[*rare, *found.articles["outlet"][6:]])
    result = bitext.compare(bitext.Corpus(articles))
    assert "(3 others)" in set(result["keyness"]["target"])
    assert result.overview()


def test_a_comparison_without_any_keyness_has_an_overview() -> None:
    frame = pd.DataFrame({"text": ["码头开放了。"] * 4, "outlet": ["甲", "乙"] * 2})  # the pier opened
    assert not any(
        title.startswith("Keyness") for title, _ in bitext.compare(bitext.Corpus.from_frame(frame)).overview()
    )


def test_concepts_that_are_unreliable_across_languages_set_nobody_apart_in_the_overview() -> None:
    """强 (strong) has no even partner in English: the table has the row, without p, the overview has none."""
    chinese = ["中国实力强，芯片产业强。", "市场强劲，实力强大。", "芯片强，产业强。", "强大的企业。"]
    english = ["The chip industry grew.", "The market fell.", "China sold chips.", "A company grew."]
    # A word of its own in each article, or they are copies of one another.
    rows = [("甲", f"{text}{name}在此。") for text, name in zip(chinese * 2, EVENTS, strict=False)]
    rows += [("B", f"{text} {name} was there.") for text, name in zip(english * 2, "abcdefgh", strict=True)]
    result = bitext.compare(bitext.Corpus.from_frame(pd.DataFrame(rows, columns=["outlet", "text"])))
    table = result["keyness_concepts"].query("target == '甲' and g2 > 0")
    poor = set(table.loc[table["tier"] == "unreliable", "term"])
    assert "strong" in poor
    assert table.set_index("term").loc["strong", "q"] != table.set_index("term").loc["strong", "q"]
    lines = next(lines for title, lines in result.overview() if "concepts" in title)
    said = " ".join(lines.iloc[:, 1])
    assert "increase" in said
    assert "strong" not in said
