import numpy as np
import pandas as pd
import pytest

import bitext
from bitext.copies.credits import credit


@pytest.mark.parametrize(
    ("piece", "agency", "printed"),
    [
        ("（法新社华盛顿31日电）", "AFP", True),  # AFP, Washington, 31st
        ("新华社北京3月9日电 会议今天开幕。", "Xinhua", True),  # Xinhua, Beijing, 9 March
        ("（中央社日內瓦15日綜合外電報導）", "CNA", True),
        ("路透北京3月9日 -", "Reuters", True),
        ("MARLOW, May 3 (Reuters) - Rain fell.", "Reuters", True),
        ("© 2031 AFP", "AFP", True),
        ("（本文依据了美联社的报道）", "AP", False),  # this text is based on AP
        ("张三/李四（路透社、法新社）", "Reuters", False),
        ("路透社星期四看到一份信函。", "", False),  # Reuters has seen a letter
        ("He reads the AP and Reuters.", "", False),
        ("彭博昨天宣布参选。", "", False),  # Bloomberg, the person
    ],
)
def test_credits(piece: str, agency: str, printed: bool) -> None:
    assert credit(piece) == (agency, printed)


def test_shares_of_text_that_is_an_agencys_with_interval() -> None:
    wire = "（法新社巴黎4日电）" + "市长宣布大桥封闭。" * 8  # AFP; the mayor closes the bridge
    own = "本报记者看到大桥封闭。" * 8  # our reporter saw
    rows = [("甲", wire)] * 6 + [("甲", own)] * 6 + [("乙", own)] * 7 + [("丙", wire)] * 3
    frame = pd.DataFrame(rows, columns=["outlet", "text"])
    table = bitext.wire_shares(bitext.Corpus.from_frame(frame)).set_index(["outlet", "agency"])
    mixed = table.loc["甲", "AFP"]
    assert mixed["articles"] == 6
    assert mixed["low"] < mixed["share"] < mixed["high"]
    assert 0.4 < mixed["share"] < 0.6
    nothing = table.loc["乙", "(any)"]
    assert (nothing["share"], nothing["low"]) == (0, 0)
    assert 0.2 < nothing["high"] < 0.6
    few = table.loc["丙", "AFP"]
    assert np.isnan(few["low"])
    assert "not estimable" in few["note"]


def test_an_agency_credits_nobody_for_its_own_texts() -> None:
    frame = pd.DataFrame({"outlet": ["中央社"], "text": ["（中央社台北4日電）市長宣布大橋封閉。"]})
    table = bitext.wire_shares(bitext.Corpus.from_frame(frame))
    assert table["agency"].tolist() == ["(any)"]
    assert table["share"].tolist() == [0.0]
