"""Furniture inside English bodies goes, with a row that says why; sentences with the same words stay."""

import pandas as pd
import pytest

import bitext

STORY = "The plant on the river opened on Monday, officials said, after two years of building."

SIGN_UP = (
    "Morning Ore newsletter The source for mining — weekdays, in your inbox. Email Sign Up By signing up you "
    "agree to receive letters. You can unsubscribe at any time. This site is protected by reCAPTCHA and the "
    "Privacy Policy applies."
)


def read(*lines: str) -> bitext.Corpus:
    return bitext.Corpus.from_frame(pd.DataFrame({"text": ["\n".join([STORY, *lines])]}))


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("newsletter", SIGN_UP),
        ("newsletter", "**Want LEDGER First in your inbox every day? Sign up here.**"),
        ("newsletter", "Subscribe on Apple Podcasts, Spotify, or wherever you listen to podcasts."),
        ("newsletter", "- Follow the Ledger on Twitter: @LedgerNews"),
        ("newsletter", "Please include a contact number if you are willing to speak to a journalist."),
        ("newsletter", "To read more editorials, go to the Opinion front page or write to us."),
        ("credit", "Contributing: Ann Marlow and Ben Stone, LEDGER TODAY; Meridian Press"),
        ("credit", "⦁ Ann Marlow and Ben Stone contributed to this report."),
        ("credit", "Marlow reported from Port Vale."),
        ("credit", "Photographer: Ben Stone/Meridian Photographer: Ben Stone/Meridian"),
        ("advertisement", "AD"),
        ("newsletter", "Sign Up Now You may unsubscribe at any time. See our Privacy Policy."),
        ("stamp", "Updated at 3:12 p.m. ET"),
        ("caption", "Miners leave the pit in Port Vale on Sunday. (Photo: Ben Stone, LEDGER TODAY)"),
        ("caption", "Photo illustration by Ledger. Photo by Ben Stone/Meridian via Getty Images."),
        ("caption", "The minister speaks. | Ben Stone/AP Photo Trade Minister: Tariffs may be worth it"),
        ("related", "Story of ore #24: how a town rose from the pit Read more"),
        ("related", "Read More: Why the Ministers Did Not Meet"),
        ("related", "NOW WATCH: ‘Ore in 60 Seconds’"),
        ("disclaimer", "Accuracy and availability may vary. The record is the audio."),
    ],
)  # fmt: skip
def test_a_line_of_furniture_goes(kind: str, line: str) -> None:
    corpus = read(line)
    assert corpus.articles["text"].tolist() == [STORY]
    assert corpus.removed[["kind", "text"]].values.tolist() == [[kind, line]]


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (
            "The price of ore fell by a tenth. (RELATED: Ore Falls Again As Ships Turn Back)",
            "The price of ore fell by a tenth.",
        ),
        (
            "They met in Port Vale. ( Also on LEDGER: Ministers: no deal) They will meet again.",
            "They met in Port Vale. They will meet again.",
        ),
        (
            "Updated 3:12 p.m. ET: The ministers of both countries met on Monday.",
            "The ministers of both countries met on Monday.",
        ),
        (
            "The price fell. Contributing: Ann Marlow, Ben Stone",
            "The price fell.",
        ),
    ],
)
def test_furniture_inside_a_paragraph_goes(line: str, left: str) -> None:
    assert read(line).articles["text"].tolist() == [f"{STORY}\n{left}"]


@pytest.mark.parametrize(
    "line",
    [
        "The site asks users to sign up for a newsletter, and few unsubscribe, she said.",
        "Customers can follow the parcel on Twitter and on the maps of the company, he said.",
        "She began contributing to the fund in 2031, when the plant was still a plan.",
        "Heavy rain was reported from Port Vale and from the coast.",
        "The ministry updated its figures at 3 p.m. on Monday and raised them by a tenth.",
        "He showed a photo of the pit (photos are rare) to the court.",
        "To read more into the figures would be wrong, the bank wrote in its report on ore.",
        "Readers wrote that they wanted to read more",
        "Low-income parents are willing to sign up for 30 weeks of visits, the study found.",
        "The watch: a gift of the ministers, was sold.",
        "The app may be removed from the App Store, and the company receives 30 percent.",
    ],
)
def test_a_sentence_with_the_same_words_stays(line: str) -> None:
    assert read(line).articles["text"].tolist() == [f"{STORY}\n{line}"]


def test_the_label_of_a_summary_goes_and_the_summary_stays() -> None:
    text = "Story highlights The plant opened on Monday, officials said. Two years of building are over."
    corpus = bitext.Corpus.from_frame(pd.DataFrame({"text": [text]}))
    assert corpus.articles["text"][0].startswith("The plant opened")
    assert corpus.removed["text"].tolist() == ["Story highlights"]


def test_a_long_notice_that_recurs_goes_wherever_it_stands() -> None:
    notice = "You are welcome here. We do what we can, every day, for all who care about ore and rivers. " * 2
    notice += "Readers of the letter may leave it: see our Privacy Policy, which tells how, in plain words."
    background = (
        "The strait is 130 kilometres wide, and ships of both countries have met in it for years. " * 3
    )
    rows = [(f"Plant {n}", f"Plant {n} opened on Monday.\n{background.strip()}\n{notice}") for n in range(6)]
    corpus = bitext.Corpus.from_frame(pd.DataFrame(rows, columns=["title", "text"]), outlet="Ledger")
    assert set(corpus.removed["text"]) == {notice}
    assert background.strip() in corpus.articles["text"][0]  # what an outlet reuses of its reporting stays
