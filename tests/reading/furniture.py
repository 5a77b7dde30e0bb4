"""Signs of furniture in a line of a body, written apart from the rules of the reader."""

import re

#: kind -> what a line of that kind looks like; searched, not matched. No body should hold any.
SIGNS = {
    "feed head": r"<!--|^-{4,}$|\]\(https?://|获取更多RSS|feedx\.",
    "tag": r"</?(?:p|div|span|br|a|b|ok|img|strong|em|figure|script|ul|li)\b[^>]*>|&nbsp;",
    "time stamp": r"^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} [\d:]+ GMT$|^\d{4}-\d\d-\d\dT[\d:.]+Z$"
    r"|^\d\d/\d\d/\d{4} - \d\d:\d\d$|^\d+ (?:分钟|小时|天)前$|^\d+ (?:minutes|hours|days|years) ago$",
    "dateline": r"【[^】]*\d日[讯訊]】|^[（(](?:法新社|中央社)[^（）]{0,20}\d日[^（）]{0,6}[电電]"
    r"|^[（(]德国之声中文网[)）]|^路透[^，。]{0,12}\d+月\d+日\s*-"
    r"|^[A-Z ]{4,30}\((?:Reuters|AP)\) [-—]|^华盛顿 —",
    "byline": r"[（(](?:大纪元|中央社)记?[者記][^（）]{2,20}(?:报导|電)[)）]",
    "editor": r"责任编辑：|責任編輯：|（編輯：[^）]+）\d{7}|责编：\S|网编：\S",
    "translator": r"（译者：|（譯者：|^翻译：|点击查看本文英文版",
    "navigation": r"首页\s*\|.*翻墙|原文链接（需翻墙）",
    "related": r"^(?:延伸閱讀|延伸阅读|看更多|關閉|继续浏览后续|相关新闻)$"
    r"|^(?:READ MORE\b.*|More On This\.{3})$|\.\.\.more$",
    "newsletter": r"訂閱《|點擊?訂閱|点击此处订阅|Sign up for (?:our|the|Daily)|Manage Newsletters",
    "copyright": r"^©|德国之声版权声明|© \d{4} AFP|All rights reserved|Copyright ©|reprint permission",
    "end mark": r"[（(]完[)）]$|◇$|■$",
    "caption": r"^图像来源|^图像加注|^Image copyright|Enlarge this image|toggle caption$|^Slideshow \(",
    "player": r"你的器材不支持播放|browser does not support",
    "disclaimer": r"汤森路透“信任原则”|并不代表美国之音|print edition under the headline",
    "advertisement": r"^广告$|^廣告$|^ADVERTISEMENT$|^Story Continued Below$|^CLICK HERE TO GET",
    "comment form": r"^发表回复$|您的邮箱地址不会被公开|Leave a Reply$|Your email address will not",
    "share": r"^SHARE THIS ARTICLE|Share Tweet Post Email",
    "agency": r"— 自由亚洲电台 \(@RFA|The Associated Press contributed to this report|\[/?pullquote\]"
    r"|Continue reading the main story|^ANALYSIS/OPINION|function turnpage",
    "ornament": r"^[_*=\-—]{3,}$",
}
_SIGNS = {kind: re.compile(pattern) for kind, pattern in SIGNS.items()}


def found(text: str) -> list[tuple[str, str]]:
    """Return (kind, line) for every line of a body that is furniture, or still holds some."""
    lines = text.split("\n") if text else []
    return [(kind, line) for line in lines for kind, sign in _SIGNS.items() if sign.search(line)]
