"""Plain texts as tokens, for those who have no corpus."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from bitext.errors import TableError
from bitext.schema import ARTICLES
from bitext.text.scripts.detect import language, script
from bitext.text.tokenizer import Tokenizer
from bitext.tokens.tokens import Tokens


def tokens_of(texts: Sequence[str], *, lang: str | None = None, tokenizer: Tokenizer | None = None) -> Tokens:
    """Tokenise *texts* as they are, without cleaning; each is an article named by its number.

    Args:
        texts: the texts.
        lang: "zh" or "en" for all; None looks at each.
        tokenizer: settings; None takes the default.

    Raises:
        TableError: *texts* is one string, or holds something that is no text.

    Examples:
        >>> tokens_of(["The plan failed.", "计划失败了。"]).articles["lang"].tolist()
        ['en', 'zh']
    """
    if isinstance(texts, str):
        raise TableError(f"texts must be a list of texts, not one text: {texts[:40]!r}")
    held = list(texts)
    wrong = next((text for text in held if not isinstance(text, str)), None)
    if wrong is not None:
        raise TableError(f"texts must hold str, not {wrong!r}")
    articles = pd.DataFrame({column: pd.Series([""] * len(held), dtype=object) for column in ARTICLES})
    articles["article"] = [str(number) for number in range(len(held))]
    articles["text"] = held
    articles["lang"] = [lang or language(text) for text in held]
    articles["script"] = [script(text) for text in held]
    articles["date"] = pd.Series(pd.NaT, index=articles.index)
    used = tokenizer or Tokenizer()
    batch = used.batch(held)
    types = np.array(batch.types, dtype=object)
    return Tokens(articles, types, *batch[1:], tokenizer=used)
