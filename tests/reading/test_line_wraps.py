"""Lines that a program broke at one width are read as the paragraphs they were; other lines stay lines."""

import textwrap
from unicodedata import east_asian_width

import pandas as pd
import pytest

import bitext

ENGLISH = (
    "The central bank raised its rate by half a point on Thursday, the third time this year, as officials "
    "sought to slow prices that have risen faster than wages. Economists at several banks had expected a "
    "smaller step and said that households would feel it within weeks of the decision, which two of nine "
    "members had opposed."
)
#: Water is cut off in several districts; pipes of the seventies are to blame; the city pays 200 a day.
CHINESE = (
    "据当地媒体报道，该市多个区周四早晨开始停止供应自来水，居民在超市前排队购买瓶装饮用水，市政府表示将在周末之前恢复"
    "供水，并向受影响的居民发放补助金，每户每天二百元，直到恢复正常为止。专家认为，老旧管道是主要原因，全市有超过四成"
    "管道建于上世纪七十年代，防洪堤也需要检修。"
)


def wrapped(text: str, columns: int) -> str:
    """Break text as programs do: at blanks, or before any wide character that is no closing mark."""
    if text.isascii():
        return textwrap.fill(text, columns)
    lines, width = [""], 0
    for character in text:
        need = 2 if east_asian_width(character) in "WF" else 1
        if width + need > columns and character not in "，。、":
            lines, width = [*lines, ""], 0
        lines[-1] += character
        width += need
    return "\n".join(lines)


@pytest.mark.parametrize("columns", [40, 60, 72, 80, 100])
@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["English", "Chinese"])
def test_paragraphs_broken_at_a_width_are_whole_again(text: str, columns: int) -> None:
    raw = f"{wrapped(text, columns)}\n\n{wrapped(text, columns)}"
    assert _text(raw) == f"{text}\n{text}"


def test_a_paragraph_may_begin_by_its_indent_alone() -> None:
    raw = "\n".join("　　" + wrapped(CHINESE, 72) for _ in range(2))
    assert _text(raw) == f"{CHINESE}\n{CHINESE}"


def test_words_and_sentences_go_over_the_break() -> None:
    """防洪堤 (dyke) is one word, and the sentence one sentence, although a line ends in it."""
    raw = wrapped(CHINESE, 72)
    tokens, whole = (bitext.tokenize(_corpus(text)) for text in (raw, CHINESE))
    assert tokens.surfaces() == whole.surfaces()
    assert tokens.sentence.tolist() == whole.sentence.tolist()


@pytest.mark.parametrize(
    "raw",
    [
        # A list of four provinces' figures: lines of one length, each of them whole.
        "福建省上半年工业增加值同比增长百分之七点八；\n浙江省上半年工业增加值同比增长百分之六点五；\n"
        "江苏省上半年工业增加值同比增长百分之五点九；\n山东省上半年工业增加值同比增长百分之八点一；",
        # Titles without stops, of nearly one length: a bridge, a harvest, a strike, a fair, a museum.
        "两座城市之间的铁路大桥今年秋天终于开始动工建设\n北部山区的小麦收成比往年晚了将近三个星期时间\n"
        "港口工人罢工进入第二周谈判仍然没有取得任何进展\n今年的图书展览会邀请了三十多个国家的出版商\n"
        "市立博物馆修缮完工下月起重新向公众免费开放",
        "Rivers of the north\nRivers of the south\nThe old road home\nA bridge in the rain\nThe last ferry",
        "Talks on the border go on without a break for the night\nTrains stand still\nA mayor resigns\n"
        "Two towns share one bridge\nThe harvest is late in the northern valleys, farmers say",
    ],
    ids=["list", "titles", "verse", "headlines"],
)
def test_lines_that_are_whole_stay_lines(raw: str) -> None:
    assert _text(raw) == raw


def _text(raw: str) -> str:
    return str(_corpus(raw).articles["text"].iloc[0])


def _corpus(text: str) -> bitext.Corpus:
    return bitext.Corpus.from_frame(pd.DataFrame({"text": [text], "outlet": ["A"]}))
