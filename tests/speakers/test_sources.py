"""Who gets to speak: names that are one source, kinds of actors, shares, and batches."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import bitext
from tests import shared

TEXTS = [
    (
        "A",
        "美国国务卿布林肯说，谈判继续。安东尼·布林肯警告说，时间不多。他说不会让步。",
    ),  # Blinken said, warned; he said
    ("A", "路透社报道，工厂停产。警方表示，调查仍在进行。"),  # Reuters reported; police said
    ("B", "Secretary of State Antony Blinken said talks would go on. Mr Blinken warned that time was short."),
    (
        "B",
        "“We do not know,” said Ann Fuchs, a professor at the university. Fuchs denied that she had asked.",
    ),
    ("B", "It rained all day."),
]


def tokens() -> bitext.Tokens:
    frame = pd.DataFrame(TEXTS, columns=["outlet", "text"])
    frame["date"] = pd.to_datetime("2024-03-01") + pd.to_timedelta(np.arange(len(frame)), unit="D")
    return bitext.tokenize(bitext.Corpus.from_frame(frame))


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return bitext.sources(tokens(), by="outlet")


def test_one_person_is_one_source_over_names_pronouns_and_languages(table: pd.DataFrame) -> None:
    found = table[table["concept"] == "antony_blinken"]
    assert found["outlet"].tolist() == ["A", "B"]
    assert found["attributions"].tolist() == [3, 2]
    assert set(found["actor"]) == {"government"}
    assert set(found["country"]) == {"united_states"}


def test_what_stands_beside_a_name_says_what_kind_of_actor_it_is(table: pd.DataFrame) -> None:
    fox = table[table["source"] == "Ann Fuchs"].iloc[0]
    assert (fox["actor"], fox["attributions"], fox["variants"]) == ("expert", 3, "Fuchs")


def test_shares_add_up_and_words_are_direct_or_not(table: pd.DataFrame) -> None:
    assert table.groupby("outlet")["share"].sum().tolist() == pytest.approx([1, 1])
    assert (table["words"] == table["direct_words"] + table["indirect_words"]).all()
    fox = table[table["source"] == "Ann Fuchs"].iloc[0]
    assert fox["direct_words"] == 4
    assert fox["group_size"] == 3


def test_groups_without_speech_have_no_rows() -> None:
    frame = pd.DataFrame({"text": ["It rained."], "outlet": ["A"]})
    for function in (bitext.sources, bitext.actors):
        assert function(bitext.tokenize(bitext.Corpus.from_frame(frame))).empty


def test_actors_are_shares_of_all_speech_and_are_compared_with_the_other_groups() -> None:
    table = bitext.actors(tokens(), by="outlet")
    kinds = table[table["actor"] != "all"]
    assert kinds.groupby("outlet")["share"].sum().tolist() == pytest.approx([1, 1])
    media = table[(table["outlet"] == "A") & (table["actor"] == "media")].iloc[0]
    assert media["others"] == 0
    assert media["difference"] == pytest.approx(media["share"])
    whole = table[(table["outlet"] == "A") & (table["actor"] == "all")].iloc[0]
    assert whole["effective_sources"] == pytest.approx(25 / (9 + 1 + 1))  # of 3, 1 and 1 attributions


def test_joined_batches_give_the_table_of_the_whole() -> None:
    from functools import partial

    from bitext.speakers import sources, speech

    whole = tokens()
    made = speech.reduction(by="outlet").ending(partial(sources.table_of, by="outlet"))
    rows = np.arange(len(whole.articles))
    parts = [made.chunk(whole.select(rows % 2 == odd)) for odd in (1, 0)]
    # Parts of one corpus that were selected keep their places only if these are given.
    for part, odd in zip(parts, (1, 0), strict=True):
        place = rows[rows % 2 == odd]
        part.rows["place"] = place[part.rows["place"].to_numpy()]
        part.articles["place"] = place
    pd.testing.assert_frame_equal(made.finalize(made.aggregate(parts)), made(whole))


def test_days_are_units_of_the_shares_of_sources() -> None:
    texts = [
        "警方表示，调查仍在进行。路透社报道，工厂停产。",
        "警方表示，没有人受伤。",
        "路透社报道，工人回家。",
    ]
    frame = pd.DataFrame({"text": [f"{text}{n}" for text in texts for n in range(3)], "outlet": "A"})
    frame = pd.concat([frame, frame], ignore_index=True)
    frame["date"] = np.repeat([f"2031-03-0{day}" for day in range(3, 9)], 3)
    tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
    single, grouped = (bitext.sources(tokens, cluster=name).iloc[0] for name in (None, "day"))
    assert grouped["share"] == single["share"]
    assert grouped["group_size"] == 18
    assert grouped["high"] - grouped["low"] > single["high"] - single["low"]
    whole = bitext.sources(tokens, cluster=tokens.articles[["article"]].assign(story=0))
    assert whole["low"].isna().all()
    assert whole["note"].eq("not estimable: 1 cluster, at least 5 needed").all()
    assert whole.attrs["run"]["parameters"]["cluster"] == "story"


def test_actors_of_a_small_side_differ_no_more_often_than_chance_allows() -> None:
    """One outlet, of which ten articles are dealt out at random and called another."""
    from bitext.speakers import actors, speech

    texts = [
        f"警方表示，调查仍在进行{'，' + '仍在进行' * (n % 4) if n % 4 else ''}。"  # police: inquiry goes on
        if n % 3
        else "居民王芳说，水又涨了，大家都很担心。"  # a resident: the water rose again
        for n in range(150)
    ]
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": texts, "outlet": "A"}))
    held = speech.Speech.of(bitext.tokenize(corpus), "outlet")
    rng = np.random.default_rng(7)
    found: list[float] = []
    for _ in range(60):
        dealt = np.full(len(texts), "A", dtype=object)
        dealt[rng.choice(len(texts), 10, replace=False)] = "B"
        split = speech.Speech(held.rows, held.articles.assign(outlet=dealt), held.run)
        table = actors.table_of(split, by="outlet")
        found += table.loc[(table["outlet"] == "B") & (table["actor"] == "justice"), "p"].dropna().tolist()
    assert len(found) > 40
    assert np.mean(np.array(found) < 0.05) <= 0.12  # 60 deals: .05 and three standard errors


def test_days_are_units_of_what_actors_differ_in() -> None:
    frame = pd.DataFrame({"text": ["警方表示，调查仍在进行。", "居民王芳说，水又涨了。"] * 12})
    frame["outlet"] = ["A"] * 12 + ["B"] * 12
    frame["date"] = [f"2031-03-{1 + n // 6:02}" for n in range(24)]
    tokens = bitext.tokenize(bitext.Corpus.from_frame(frame))
    table = bitext.actors(tokens, cluster="day")
    assert table.loc[table["actor"] != "all", "p"].isna().all()
    assert table["note"][0] == "no p: of 2 and 2 units no arrangement has p < .05"
    single = bitext.actors(tokens, cluster=tokens.articles[["article"]].assign(story=0))
    assert single["note"][0] == "not estimable: one article, or cluster, on a side"


@shared.needs_shared
def test_the_seeds_have_the_sources_that_a_careful_reader_lists() -> None:
    """Read by hand: offices and pronouns resolved, each body of a list by itself, no source in the third."""
    columns = ["article", "source", "actor", "country", "attributions"]
    found = bitext.sources(bitext.tokenize(bitext.read(shared.DATA / "seeds")), by="article")[columns]
    expected = pd.read_csv(
        Path(__file__).parents[1] / "cases" / "sources_seeds.tsv", sep="\t", keep_default_na=False
    )
    order = ["article", "source"]
    pd.testing.assert_frame_equal(
        found.sort_values(order, ignore_index=True),
        expected.sort_values(order, ignore_index=True),
        check_dtype=False,
    )


def sources_of(*texts: str) -> dict[str, int]:
    frame = pd.DataFrame({"text": texts, "outlet": "A"})
    table = bitext.sources(bitext.tokenize(bitext.Corpus.from_frame(frame)))
    return dict(zip(table["source"], table["attributions"], strict=True))


def test_a_title_before_the_second_of_two_names_does_not_make_them_one() -> None:
    text = "特朗普和候选人拜登表示，计划不变。中美表示，计划不变。"  # Trump and Biden; China and the US
    table = bitext.sources(bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": [text]}))))
    concepts = dict(zip(table["concept"], table["attributions"], strict=True))
    assert {"donald_trump", "joe_biden"} <= set(concepts)
    assert not {"china", "united_states"} & set(concepts)


def test_an_outlet_has_one_row_however_its_name_was_found() -> None:
    texts = [
        "据路透报道，计划推迟。",
        "路透社说，计划推迟。",
        "路透引述消息人士称，计划推迟。",
    ]  # Reuters, three times
    table = bitext.sources(bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": texts}))))
    assert table.loc[table["kind"] == "outlet", "concept"].tolist() == ["reuters"]


def test_sources_named_together_are_a_row_each_and_share_the_words() -> None:
    # The ministry of justice and the procuratorate said; the ministry of industry and information said.
    assert sources_of("司法部和检察院表示，调查继续。工业和信息化部说，工厂重开。") == {
        "司法部": 1,
        "检察院": 1,
        "工业和信息化部": 1,
    }
    assert sources_of("Ann Lee and Bob Stone said that the bridge was old.") == {"Ann Lee": 1, "Bob Stone": 1}


def test_bodies_and_offices_that_point_back_are_who_they_point_to() -> None:
    # The health insurance bureau said; the bureau warned.  Minister Wang Wu said; the minister denied.
    assert sources_of("华为公司表示，产品安全。该公司警告说，价格会涨。")["华为公司"] == 2
    assert sources_of("Boeing said it was sorry. The company denied that it knew.") == {"Boeing": 2}
    assert sources_of("Mayor John Lee said it was late. The mayor denied that he knew.") == {"John Lee": 2}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mayor Ann Brandt met farmers. The mayor said the river was clean.", "Ann Brandt"),
        ("Prime Minister Maria Holt arrived. The prime minister said talks were useful.", "Maria Holt"),
        ("The Danish ambassador, Niels Krag, met us. The ambassador said it rained.", "Niels Krag"),
        ("Ann Brandt, the new mayor, met farmers. The mayor said it rained.", "Ann Brandt"),
        ("Orland Steel will cut jobs. The company said it had no choice.", "Orland Steel"),
        ("市长王大明会见农民。市长说，河水很干净。", "王大明"),
        ("总统何艾达抵达北京。总统表示，谈判很有益。", "何艾达"),
        ("丹麦大使克拉格会见农民。大使说，鱼很多。", "克拉格"),
        ("布雷顿抵达北京。这位欧盟委员表示，谈判很有益。", "布雷顿"),
        ("奥兰钢铁公司将裁员。该公司表示，别无选择。", "奥兰钢铁公司"),
    ],
)
def test_who_is_named_with_an_office_without_speaking_is_whom_it_points_to(text: str, name: str) -> None:
    assert sources_of(text) == {name: 1}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Former mayor Ann Brandt met farmers. The mayor said it rained.", "mayor"),
        ("Mayor Ann Brandt met a mayor from Peru. The mayor said it rained.", "mayor"),
        ("Ann Brandt, of the company, left. The company said it rained.", "company"),
        ("副市长王大明会见农民。市长说，河水很干净。", "市长"),  # a deputy mayor is not the mayor
        ("市长王大明会见另一名市长。市长说，河水很干净。", "市长"),
        ("国内公司将裁员。该公司表示，别无选择。", "公司"),  # domestic companies
    ],
)
def test_an_office_is_nobody_who_held_it_once_or_stands_in_for_its_holder(text: str, name: str) -> None:
    assert sources_of(text) == {name: 1}


def test_titles_numbers_and_glosses_are_no_part_of_a_name() -> None:
    # Independent commentator Gu Wangshu said; Gu Wangshu said.
    assert sources_of("独立评论人顾望舒说，会议很短。", "顾望舒说，结果不好。") == {"顾望舒": 2}
    # An official said, two officials said, officials said.
    assert sources_of("一名官员说，水位很高。", "两名官员表示，水位下降。", "官员们说，没有危险。") == {
        "官员": 3
    }


def test_what_is_no_noun_phrase_is_no_source() -> None:
    for text in (
        "No more begging rivals for spare wafers.",
        "Their joint playbook reads like a thriller.",
        "毫无疑问，会议很重要。也就是说，工厂会关闭。",  # no doubt; that is to say
    ):
        assert sources_of(text) == {}, text


def test_a_body_of_a_town_or_province_is_not_that_of_the_country() -> None:
    # The National Health Commission said; the commissions of Fujian and of Shanghai said.
    texts = "国家卫健委说，疫情平稳。", "福建省卫健委说，没有新增病例。", "上海卫健委说，医院照常开诊。"
    assert sources_of(*texts) == {"国家卫健委": 1, "福建省卫健委": 1, "上海卫健委": 1}


def test_a_heading_with_a_name_and_a_colon_is_what_the_named_one_says() -> None:
    text = "Warren: banks must pay\n\nSenator Ann Warren said on Monday that banks had failed."
    assert sources_of(text) == {"Ann Warren": 2}
    assert sources_of("Sudan: what next\n\nSenator Ann Warren said that banks had failed.") == {
        "Ann Warren": 1
    }


def test_a_speech_that_is_printed_whole_is_one_source() -> None:
    words = "我们的城市正在改变，道路、学校和医院都在修建。" * 12  # our city changes
    text = f"市长王芳昨天说，计划不变。\n\n王芳在会议上的讲话全文：\n\n{words}\n\n{words}"
    frame = pd.DataFrame({"text": [text], "outlet": "A"})
    table = bitext.sources(bitext.tokenize(bitext.Corpus.from_frame(frame)))
    assert table["source"].tolist() == ["王芳"]
    assert table["words"][0] > 200


def test_a_body_keeps_its_whole_name_and_a_person_loses_a_rank() -> None:
    text = (
        "The Ministry of Trade said exports fell. The Ardlin Institute of Minerals said so, too. "
        "Captain Lin Ruoting said the boat was safe. Lin Ruoting added that nobody was hurt. "
        "The Ardlin Coastguard said it left. The Ardlin Coast Guard said it had to."
    )
    table = bitext.sources(bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": [text]}))))
    counts = dict(zip(table["source"], table["attributions"], strict=True))
    assert counts["The Ministry of Trade"] == counts["The Ardlin Institute of Minerals"] == 1
    assert counts["Lin Ruoting"] == 2
    assert max(n for name, n in counts.items() if "Ardlin Coast" in name) == 2


def test_names_that_the_articles_pair_are_one_source_in_every_table_and_over_a_scan(tmp_path: Path) -> None:
    texts = [
        ("A", "专员索尔海姆（Sollheim）说，会议很短。"),  # Commissioner Sollheim said: a short meeting
        ("B", "Ingrid Sollheim said the bridge was old. Ms Sollheim warned that it would close."),
        ("C", "科技公司欧若拉（Aurora Systems）表示，产品安全。"),  # Aurora said its products were safe
        ("B", "Aurora Systems said its products were safe."),
    ]
    frame = pd.DataFrame(texts, columns=["outlet", "text"])
    corpus = bitext.Corpus.from_frame(frame)
    table = bitext.sources(bitext.tokenize(corpus))
    assert dict(zip(table["outlet"] + " " + table["printed"], table["source"], strict=True)) == {
        "A 索尔海姆": "Ingrid Sollheim",
        "B Ingrid Sollheim": "Ingrid Sollheim",
        "B Aurora Systems": "Aurora Systems",
        "C 科技公司欧若拉": "Aurora Systems",
    }
    names = ["outlet", "source", "printed", "attributions"]
    compared = bitext.compare(corpus, by="outlet")["sources"]
    pd.testing.assert_frame_equal(compared[names], table[names])
    frame.to_csv(tmp_path / "articles.csv", index=False)
    scanned = bitext.sources(bitext.tokenize(bitext.scan(tmp_path / "articles.csv", size=200)))
    pd.testing.assert_frame_equal(scanned, table)


def test_a_title_and_a_surname_are_who_has_both_in_another_article() -> None:
    full, short = "Mayor John Quist said the bridge was old.", "Mayor Quist said it would be mended."
    assert sources_of(full, short) == {"John Quist": 2}
    assert sources_of(full, "Judge Quist said it would be mended.") == {"John Quist": 1, "Quist": 1}
    assert len(sources_of(full, "Mayor Ann Quist said that it was late.", short)) == 3  # which of them
    # State secretary Kuzmin said; Mayor Wang Daming said, Mayor Wang said; Mr Wang said.
    found = sources_of("国务卿谢尔盖·库兹明表示，会议很短。", "国务卿库兹明表示，计划不变。")
    assert list(found.values()) == [2]
    assert sources_of("市长王大明说，水位很高。", "王市长说，水位下降。") == {"王大明": 2}
    assert len(sources_of("市长王大明说，水位很高。", "王先生说，水位下降。")) == 2


def test_two_persons_who_are_rendered_alike_are_not_joined() -> None:
    found = sources_of(
        "索尔海姆（Ingrid Sollheim）说，会议很短。",
        "索尔海姆（Bo Sollheim）说，会议很长。",
        "Ingrid Sollheim said it was late.",
        "Bo Sollheim denied that he knew.",
    )
    assert {"Ingrid Sollheim", "Bo Sollheim"} <= set(found)


def test_words_before_a_name_are_no_part_of_it_and_a_wife_is_not_her_husband() -> None:
    # Xi appears and calls on; he defends Trump; the vice president told Trump at lunch; the first lady said.
    assert sources_of("会议发出全文，却出现习近平呼吁各国合作。") == {"习近平": 1}
    assert "特朗普" not in "".join(sources_of("她常上电视，捍卫特朗普，也痛斥他的反对者。"))
    assert sources_of("副总统在周二的午餐会中向特朗普表示，他没有权力。") == {"副总统": 1}
    texts = pd.DataFrame(
        {"text": ["美国第一夫人拜登说，孩子很好。", "村中表示，水位很高。"]}
    )  # the village said
    table = bitext.sources(bitext.tokenize(bitext.Corpus.from_frame(texts)))
    assert table["concept"].tolist() == ["", ""]
    assert sources_of("Pain often resists Dent’s attempts to describe it.").keys() <= {"Dent"}
    assert sources_of("The minister, Ann Fox, denied the claim.") == {"Ann Fox": 1}


def test_paragraphs_that_open_a_quotation_anew_are_one_speech() -> None:
    # “The workers come back. / “Do not worry. / “We are glad,” Wang Fang said.
    assert sources_of("“工人都会回来。\n“大家放心。\n“我们很高兴。”王芳说。") == {"王芳": 1}
    text = "“工人都会回来。\n“大家放心。\n“我们很高兴。”王芳说。"
    table = bitext.sources(bitext.tokenize(bitext.Corpus.from_frame(pd.DataFrame({"text": [text]}))))
    assert table["direct_words"].tolist() == table["words"].tolist() == [9]
    # It launched a system “Qingyun”, typed the wrong way round: nobody speaks.
    assert sources_of("公司推出了”青云“系统，而后来的手机没有软件。") == {}
    # Wang Fang: … Reporter: …? Wang Fang: …; but a line of credit is no interview.
    assert sources_of("王芳：工厂下个月开门。\n记者：工人会回来吗？\n王芳：大家都会回来。") == {
        "王芳": 2,
        "记者": 1,
    }
    assert sources_of("工厂关门了。\n记者：王芳\n编辑：李明") == {}


def test_kinds_of_actors_of_central_banks_commissions_envoys_and_institutes() -> None:
    from bitext.speakers.actor_kinds import actor_of

    assert actor_of("国际货币基金", "zh").kind == "international"  # the monetary fund
    assert actor_of("明尼亚波利斯联邦储备银行总裁", "zh").kind == "government"  # president of a reserve bank
    assert actor_of("民意研究所副行政总裁", "zh").kind == "expert"  # executive of an institute of polls
    assert (
        actor_of("常驻联合国和其他国际组织代表", "zh").kind == "government"
    )  # envoy to international bodies
    assert actor_of("卫健委", "zh").kind == "government"  # commission of health
    assert actor_of("特斯拉首席执行官", "zh").kind == "company"
    assert actor_of("政委", "zh").kind == ""  # a commissar


def test_kinds_of_few_articles_have_no_p_and_a_note_says_so() -> None:
    texts = ["警方表示，调查仍在进行。", "居民王芳说，水又涨了。"] * 3
    frame = pd.DataFrame({"text": texts * 2, "outlet": ["A"] * 4 + ["B"] * 8})
    table = bitext.actors(bitext.tokenize(bitext.Corpus.from_frame(frame)))
    assert set(table.loc[table["actor"] != "all", "note"]) == {
        "no p: fewer than 5 articles, or clusters, on a side"
    }
    lone = pd.DataFrame({"text": [*texts, "学者李明说，水位会降。"] * 2, "outlet": ["A"] * 7 + ["B"] * 7})
    notes = bitext.actors(bitext.tokenize(bitext.Corpus.from_frame(lone))).set_index("actor")["note"]
    assert set(notes["expert"]) == {"no p: fewer than 3 articles, or clusters, in which this kind speaks"}
    assert set(notes["justice"]) == {""}


def test_who_founds_or_leads_a_body_is_of_its_kind() -> None:
    def actor(text: str) -> str:
        corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": [text], "outlet": ["A"]}))
        return str(bitext.sources(bitext.tokenize(corpus))["actor"].iloc[0])

    assert actor("WikiLeaks founder Julian Assange said the files were real.") == "organisation"
    assert actor("Bolt founder Ann Lee said it was late.") == "company"
    assert actor("House Commerce Committee Chairman Ann Lee said it was late.") == "legislature"
    assert actor("A company representative said it was late.") == "company"
    assert actor("Prosecutor General Ann Lee said it was late.") == "justice"


def test_a_printed_speech_is_one_source() -> None:
    # The speech of Wang Daming in full: delegates, we must fight …
    chinese = "王大明在会上的讲话全文：\n" + "各位代表，我们必须坚决斗争。困难很大，但能克服。" * 12
    english = (
        "The full text of Mayor John Quist's speech:\n" + "Friends, we must fight, and we will win. " * 8
    )
    assert set(sources_of(chinese)) == {"王大明"}
    assert set(sources_of(english)) == {"John Quist"}
