"""Names in bylines: 侯骏霖台湾台北 is a reporter and where she reports from."""

import re

#: Places that bylines end in. No separator stands between name and place, so they have to be known.
_PLACES = [
    place
    for places in (
        "台湾 臺灣 台灣 台北 臺北 新北 桃園 桃园 台中 臺中 台南 臺南 高雄 基隆",
        "新竹縣 新竹 苗栗 彰化 南投 雲林 云林 嘉義 嘉义 屏東 屏东 宜蘭 宜兰 花蓮",
        "花莲 台東 台东 臺東 澎湖 金門 金门 馬祖 马祖 連江 香港 澳門 澳门 北京 上海",
        "廣州 广州 深圳 武漢 武汉 重慶 重庆 天津 南京 杭州 成都 西安 瀋陽 沈阳 紐約",
        "纽约 華盛頓 华盛顿 洛杉磯 洛杉矶 舊金山 旧金山 芝加哥 休士頓 休斯顿 休斯頓",
        "波士頓 波士顿 費城 费城 亞特蘭大 亚特兰大 西雅圖 西雅图 硅谷 矽谷 聖地亞哥",
        "圣地亚哥 多倫多 多伦多 溫哥華 温哥华 渥太華 渥太华 蒙特利爾 蒙特利尔 倫敦 伦敦",
        "巴黎 柏林 布魯塞爾 布鲁塞尔 日內瓦 日内瓦 維也納 维也纳 羅馬 罗马 馬德里",
        "马德里 海牙 華沙 华沙 莫斯科 基輔 基辅 東京 东京 大阪 首爾 首尔 曼谷 雅加達",
        "雅加达 馬尼拉 马尼拉 新加坡 吉隆坡 河內 河内 仰光 新德里 雪梨 悉尼 墨爾本",
        "墨尔本 堪培拉 坎培拉 美國 美国 英國 英国 法國 法国 德國 德国 日本 韓國 韩国",
        "澳洲 澳大利亚 加拿大 紐西蘭 新西兰 巴西 聖保羅 圣保罗 印度 泰國 泰国 越南",
        "俄羅斯 俄罗斯 加州 南加州 北加州 德州 佛州 大陆 綜合 综合 編譯 编译 采訪",
        "采访 採訪 專題 专题 特别 特別 獨家 独家 深度 現場 现场 即時",
    )
    for place in places.split()
]
#: Any of them, as a pattern.
PLACE = f"(?:{'|'.join(sorted(_PLACES, key=len, reverse=True))})"
_TAIL = re.compile(rf"(?:{PLACE}|[縣县市省])+$")
_NAME_AND_PLACE = re.compile(r"[一-鿿]{5,8}")
_DUTY = re.compile(
    r"[（(][^（）()]*[)）]|(?:综合|綜合|编译|編譯|采访|採訪)?报[导道]|^null\b|^(?:By|BY|作者)[:：\s]+|^(?:记者|記者)[:：\s]*|[《》]"
)
_SEPARATORS = re.compile(r"\s*(?:[、，,/／]|\band\b|\s和\s|\s{2,}|(?<=[一-鿿])\s(?=[一-鿿]))\s*")
#: 发自上海: where they filed it from.
_FROM = re.compile(r"(?:发自|發自)[^，。]{0,12}$")
_REPORTS = re.compile(r"(?:综合|綜合|编译|編譯|采访|採訪)?报[导道]$|(?:綜合|採訪)?報[導道]$")


def authors(text: str) -> str:
    """Return the names in a byline without the place, separated by ", ".

    A Chinese name has two or three characters, rarely four; where no known place ends five or more, the
    first three are taken.

    Examples:
        >>> authors("侯骏霖台湾台北"), authors("徐简、戴芙若"), authors("Jane Roe and John Doe")
        ('侯骏霖', '徐简, 戴芙若', 'Jane Roe, John Doe')
    """
    names = []
    for part in _SEPARATORS.split(_REPORTS.sub("", text).strip(" ,，、/／:：")):
        name = _FROM.sub("", part.strip())
        if _TAIL.fullmatch(name):
            continue  # 黄春梅 台北
        shorter = _TAIL.sub("", name)
        if len(shorter) >= 2:
            name = shorter
        if _NAME_AND_PLACE.fullmatch(name):
            name = name[:3]
        if name:
            names.append(name)
    return ", ".join(names)


def byline(text: str) -> str:
    """Return the names in a line that holds nothing but names and what the people did.

    Examples:
        >>> byline("null 张筠青（综合报道）"), byline("KONEY BAI,KONEY BAI"), byline("By Jane Roe")
        ('张筠青', 'KONEY BAI', 'Jane Roe')
    """
    names = authors(_DUTY.sub(" ", text).strip())
    return ", ".join(dict.fromkeys(names.split(", ")))
