"""A font with Chinese characters for figures: the first installed of a list, or one clear sentence."""

import re
from functools import cache
from pathlib import Path

from bitext.errors import BitextError

#: In order of preference: open fonts first, then what systems come with.
CANDIDATES = (
    "Noto Sans CJK SC",
    "Noto Sans CJK TC",
    "Noto Sans CJK JP",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
)


#: How files of such fonts are called, to find those installed after matplotlib made its list.
_FILES = re.compile("cjk|sourcehan|pingfang|hiragino|msyh|simhei|wqy|droidsansfallback", re.IGNORECASE)


@cache
def chinese_font() -> str:
    """Return the name of the first installed font of `CANDIDATES`.

    A font that was installed after matplotlib wrote its list of fonts is found, too.

    Raises:
        BitextError: none is installed; the message names packages that have one.
    """
    from matplotlib import font_manager

    for fresh in (False, True):
        if fresh:
            for path in sorted(font_manager.findSystemFonts()):
                if _FILES.search(Path(path).name):
                    font_manager.fontManager.addfont(path)
        installed = {entry.name for entry in font_manager.fontManager.ttflist}
        for name in CANDIDATES:
            if name in installed:
                return name
    raise BitextError(
        "no font with Chinese characters is installed; install one, e.g. fonts-noto-cjk or "
        "fonts-wqy-microhei (Debian, Ubuntu), google-noto-sans-cjk-fonts (Fedora), or any of: "
        + ", ".join(CANDIDATES)
    )


def has_chinese_font() -> bool:
    """Return whether a font of `CANDIDATES` is installed."""
    try:
        chinese_font()
    except BitextError:
        return False
    return True
