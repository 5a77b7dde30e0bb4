"""A font with Chinese characters for figures: the first installed of a list, or one clear sentence."""

from functools import cache

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


@cache
def chinese_font() -> str:
    """Return the name of the first installed font of `CANDIDATES`.

    Raises:
        BitextError: none is installed; the message names packages that have one.
    """
    from matplotlib import font_manager

    installed = {entry.name for entry in font_manager.fontManager.ttflist}
    for name in CANDIDATES:
        if name in installed:
            return name
    raise BitextError(
        "no font with Chinese characters is installed; install one, e.g. fonts-noto-cjk or "
        "fonts-wqy-microhei (Debian, Ubuntu), google-noto-sans-cjk-fonts (Fedora), or any of: "
        + ", ".join(CANDIDATES)
    )
