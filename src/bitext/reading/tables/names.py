"""The usual names of columns: which field each says that it holds.

They are Chinese and English, and German, French and Spanish, in which tables of such articles are kept, too.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

#: field -> names of columns that hold it, best first; capitals, spaces, hyphens and underscores do not count.
_USUAL = {
    "text": """
        text body content articletext articlebody articlecontent fulltext maintext paragraphs bodytext
        storytext storybody contenttext plaintext cleantext newstext newscontent textcontent documenttext
        story contents contenthtml bodyhtml htmlcontent 正文 微博正文 新闻正文 新聞正文 新闻内容 新聞內容
        正文内容 正文內容 文章内容 文章內容 文章正文 报道内容 報導內容 報道內容 微博内容 内容 內容 全文
        文本 內文 内文 article raw html markdown
        artikeltext volltext inhalt fließtext fliesstext artikelinhalt texte corps contenu texteintégral
        texteintegral texto cuerpo contenido textocompleto
        """,
    "title": """
        title headline articletitle newstitle storytitle doctitle heading 新闻标题 新聞標題 文章标题
        文章標題 标题 標題 主标题 主標題 题目 題目 题名 題名 篇名
        titel überschrift ueberschrift schlagzeile artikeltitel titre título titulo titular encabezado
        """,
    "outlet": """
        outlet outletname source sourcename newssource publisher publishername media medianame mediaoutlet
        mediasource newspaper newspapername paper publication publicationname publicationtitle journal
        site sitename website sourcetitle sourcecommonname sourcedomain domain 来源 來源 媒体 媒體
        媒体名称 媒體名稱 媒体来源 媒體來源 发布媒体 發布媒體 报纸 報紙 報章 报章 报刊 報刊 报纸名称
        報紙名稱 报刊名称 刊名 文章来源 文章來源 新闻来源 新聞來源 信息来源 来源媒体 來源媒體 网站 網站
        网站名称
        zeitung zeitungsname medium quelle publikation herausgeber verlag média titredepresse
        nomdujournal quotidien éditeur editeur periódico periodico diario medio fuente
        """,
    "date": """
        date published pubdate publishedat publishdate datepublished publishedon publishtime publishedtime
        publicationtime publisheddate publicationdate datepublish pubtime datetime articledate newsdate
        issuedate releasedate postedat postedon posteddate createdat day timestamp time 日期 发布时间
        發布時間 发布日期 發布日期 發佈日期 發佈時間 发表时间 發表時間 发表日期 發表日期 刊登日期 刊登时间
        刊登時間 出版日期 出版时间 见报日期 見報日期 报道日期 報導日期 報道日期 新闻日期 新聞日期 时间
        時間
        datum erscheinungsdatum veröffentlichungsdatum veroeffentlichungsdatum publikationsdatum
        veröffentlicht veroeffentlicht erscheinungstag datedepublication dateparution datedeparution
        fecha fechadepublicación fechadepublicacion fechapublicacion
        """,
    "url": """
        url link articleurl storyurl newsurl pageurl webpage sourceurl originalurl canonicalurl permalink
        documentidentifier from href 原文链接 原文連結 新闻链接 新聞連結 文章链接 文章連結 链接 連結 鏈接
        网址 網址 链接地址
        webadresse internetadresse artikellink lien lienarticle adresseweb enlace
        """,
    "author": """
        author byline authors user username screenname authorname creator reporter journalist writer 作者
        记者 記者 撰文 用户昵称 用戶暱稱 微博昵称 博主
        verfasser verfasserin autor autorin autoren redakteur auteur auteurs autrice rédacteur redacteur
        autora autores redactor periodista
        """,
    "editor": "editor editors 责任编辑 責任編輯 编辑 編輯 责编 責編",
    "caption": "caption imagecaption 图片说明 圖片說明 图说 圖說 bildunterschrift piedefoto",
}
#: Those of the author that hold the account of a social network: it is who publishes.
ACCOUNTS = frozenset(("screenname", "用户昵称", "用戶暱稱", "微博昵称", "博主"))


@cache
def usual() -> Mapping[str, Mapping[str, int]]:
    """Return field -> name of a column, as `squeezed` writes it -> its rank, 0 for the best."""
    return {
        name: {word: rank for rank, word in reversed(list(enumerate(words.split())))}
        for name, words in _USUAL.items()
    }


def squeezed(column: str) -> str:
    """Return the name of a column without what writers of tables do differently.

    Examples:
        >>> squeezed("Pub. Date"), squeezed("published_at"), squeezed("发布时间：")  # time of publication
        ('pubdate', 'publishedat', '发布时间')
    """
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", column)).lower()
