"""What a token can be: small integers, one per kind and one per language."""

#: Kinds. The first two are words and numbers; PUNCTUATION and the rest are never counted as terms by default.
WORD, NUMBER, PUNCTUATION, SYMBOL, URL, HANDLE, OTHER = range(7)
KIND_NAMES = ("word", "number", "punctuation", "symbol", "url", "handle", "other")

#: A token's own language, by its script: a word with any Han character is Chinese.
NONE, ZH, EN = range(3)
LANG_NAMES = ("", "zh", "en")
