"""What figures are counted in, under one name for both languages: 人, 名 and people are "person"."""

import re

#: Unit -> the Chinese words behind a number (in simplified characters), and the English ones.
_UNITS = {
    "percent": ("% 个百分点 百分点", "% percent percentage pct"),
    "usd": ("美元 美金", "dollar dollars usd"),
    "eur": ("欧元", "euro euros eur"),
    "gbp": ("英镑", "pound pounds gbp sterling"),
    "cny": ("元人民币 人民币 元", "yuan renminbi rmb cny"),
    "hkd": ("港元 港币", "hkd"),
    "twd": ("新台币 台币", "twd"),
    "jpy": ("日元 日圆", "yen jpy"),
    "krw": ("韩元 韩圜", "won krw"),
    "rub": ("卢布", "rouble roubles ruble rubles rub"),
    "inr": ("卢比", "rupee rupees inr"),
    "person": ("人 名 位 口", "people persons person men women residents workers employees passengers"),
    "case": ("例 宗 起", "case cases infection infections"),
    "death": ("人死亡 人丧生 人遇难 人身亡", "deaths dead fatalities killed"),
    "household": ("户", "household households families"),
    "company": ("家", "company companies firms businesses shops"),
    "vehicle": ("辆", "vehicle vehicles cars trucks buses"),
    "ship": ("艘", "ship ships vessel vessels boats"),
    "aircraft": ("架", "aircraft planes jets flights helicopters drones"),
    "dose": ("剂", "dose doses jabs shots"),
    "item": ("件 份 项 条 款 个 枚 座 台 所 间 栋 场 次 支 张 套", "items pieces units copies"),
    "kilometre": ("公里 千米", "km kilometre kilometres kilometer kilometers"),
    "metre": ("米", "m metre metres meter meters"),
    "mile": ("英里", "mile miles"),
    "square_kilometre": ("平方公里", "sqkm"),
    "square_metre": ("平方米", "sqm"),
    "hectare": ("公顷", "hectare hectares"),
    "kilogram": ("公斤 千克", "kg kilogram kilograms kilos"),
    "tonne": ("吨", "tonne tonnes ton tons"),
    "litre": ("升", "litre litres liter liters"),
    "barrel": ("桶", "barrel barrels"),
    "nanometre": ("纳米", "nm nanometre nanometres nanometer nanometers"),
    "watt": ("千瓦 兆瓦", "kw mw gw"),
    "degree": ("摄氏度 度", "degrees degree celsius"),
    "magnitude": ("级", "magnitude"),
    "point": ("点", "point points"),
    "vote": ("票 张选票", "vote votes ballots"),
    "seat": ("席 个席位", "seat seats"),
    "year": ("年", "year years"),
    "month": ("个月", "month months"),
    "week": ("周 个星期", "week weeks"),
    "day": ("天", "day days"),
    "hour": ("小时 个小时", "hour hours"),
    "minute": ("分钟", "minute minutes"),
    "day_of_month": ("日 号", ""),
    "month_of_year": ("月份 月", ""),
    "hour_of_day": ("时 点钟", "am pm"),
    "age": ("岁", "year-old years-old"),
    "times": ("倍", "times fold"),
}
#: Signs before a number.
CURRENCIES = {
    "$": "usd",
    "US$": "usd",
    "HK$": "hkd",
    "NT$": "twd",
    "£": "gbp",
    "€": "eur",
    "¥": "cny",
    "￥": "cny",
    "RMB": "cny",
    "人民币": "cny",
    "港币": "hkd",
    "新台币": "twd",
    "台币": "twd",
}

_NAMES = {word: name for name, languages in _UNITS.items() for words in languages for word in words.split()}
_ZH = sorted((word for word in _NAMES if not word.isascii()), key=len, reverse=True)
_EN = sorted((word for word in _NAMES if word.isascii() and word != "%"), key=len, reverse=True)
_AFTER = re.compile(
    rf"""
    (?P<some>\s?[多余餘來来几幾])?                 # 1. 三百多人: more than the number says
    (?:
        \s?(?P<zh>{"|".join(map(re.escape, _ZH))})  # 2. 人, 亿元: at once behind the number
        # 3. people, per cent: a blank lies between, or a word: 40 confirmed cases
      | [\s-]?(?P<en>%|(?:{"|".join(map(re.escape, _EN))})\b|per\scent\b)
      | \s[a-z]+(?:-[a-z]+)?\s(?P<far>(?:people|persons|workers|cases|deaths|dollars|votes|doses)\b)
    )?
    """,
    re.VERBOSE | re.IGNORECASE,
)


#: An English plural is its own unit: three cracks.
_NOUN = re.compile(r"\s([a-z]{2,}[a-rt-z]s)\b")


def unit_after(text: str, place: int) -> tuple[str, int, bool]:
    """Return the unit at *place* of a simplified *text*, where it ends, and whether 多 says "more".

    Examples:
        >>> unit_after("三百多人受伤", 2), unit_after("15 people", 2), unit_after("7 and", 1)
        (('person', 4, True), ('person', 9, False), ('', 1, False))
    """
    found = _AFTER.match(text, place)
    if found is None:
        return "", place, False
    word = found["zh"] or found["en"] or found["far"]
    if word is None:
        noun = _NOUN.match(text, place)
        return (noun[1], noun.end(), False) if noun else ("", place, found["some"] is not None)
    name = "percent" if word.lower().startswith("per") else _NAMES[word.lower()]
    return name, found.end(), found["some"] is not None
