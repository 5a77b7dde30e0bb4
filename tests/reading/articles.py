"""Made-up articles in files of several formats, for tests of reading in batches."""

import csv
import gzip
import json
import random
from pathlib import Path

WORDS = {
    lang: words.split()
    for lang, words in {
        "zh": "芯片 补贴 法案 欧盟 出口 管制 工厂 投资 供应链 表示 认为 专家 企业 改革 会议",
        "en": "the of and to in chip subsidy plant export ban factory supply minister said council trade",
    }.items()
}
OUTLETS = {"晨报": "zh", "晚报": "zh", "Herald": "en"}
FOOTERS = {"晨报": "订阅晨报，每天读新闻", "Herald": "Sign up for the Herald letter"}


def articles(number: int, seed: int = 0) -> list[dict[str, str]]:
    """Return rows of ``outlet title date text``; two outlets end every article with the same line."""
    draw = random.Random(seed)
    rows = []
    for index in range(number):
        outlet = draw.choice(list(OUTLETS))
        lang = OUTLETS[outlet]
        paragraphs = [_paragraph(draw, lang) for _ in range(draw.randint(3, 8))]
        if outlet in FOOTERS:
            paragraphs.append(FOOTERS[outlet])
        day = f"2024-0{draw.randint(1, 3)}-1{draw.randint(0, 9)}"
        rows.append(
            {"outlet": outlet, "title": f"{index} {outlet}", "date": day, "text": "\n".join(paragraphs)}
        )
    return rows


def _paragraph(draw: random.Random, lang: str) -> str:
    sentences = []
    for _ in range(draw.randint(1, 4)):
        words = draw.choices(WORDS[lang], k=draw.randint(4, 12))
        sentences.append("".join(words) + "。" if lang == "zh" else " ".join(words).capitalize() + ".")
    return ("" if lang == "zh" else " ").join(sentences)


def write(rows: list[dict[str, str]], path: Path) -> Path:
    """Write *rows* in the format that the ending of *path* names."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            table = csv.DictWriter(file, fieldnames=list(rows[0]))
            table.writeheader()
            table.writerows(rows)
    elif path.suffix == ".parquet":
        import pandas as pd

        pd.DataFrame(rows).to_parquet(path, row_group_size=7)
    elif path.name.endswith(".jsonl.gz"):
        with gzip.open(path, "wt", encoding="utf-8") as file:
            file.writelines(_lines(rows))
    elif path.suffix == ".jsonl":
        path.write_text("".join(_lines(rows)), encoding="utf-8")
    else:
        path.mkdir()
        for number, row in enumerate(rows):
            body = "".join(f"<p>{line}</p>\n" for line in row["text"].split("\n"))
            page = (
                f"<html><head><title>{row['title']}</title>"
                f'<meta property="og:site_name" content="{row["outlet"]}">'
                f'<meta property="article:published_time" content="{row["date"]}"></head>\n'
                f"<body><article>\n{body}</article></body></html>\n"
            )
            (path / f"{number:04d}.html").write_text(page, encoding="utf-8")
    return path


def _lines(rows: list[dict[str, str]]) -> list[str]:
    return [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
