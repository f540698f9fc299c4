"""From where on the report speaks up, and why there."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class SentenceLimit:
    """How long sentences may be: the mean of a lesson and a single sentence, both in words."""

    mean: int
    longest: int


# English: 15 words on average and 25 at most is what the GOV.UK content guide ("check sentences with more
# than 25 words") and the Australian Government Style Manual ("an average of 15 words and no more than 25") ask.
# Vietnamese writes a space after every syllable, so what is counted are syllables; many words have two. 20 and
# 30 are limits of this house for reading aloud in one breath. They come from no formula: formulas made for
# English (Flesch, Gunning and their kin) count what Vietnamese spelling does not show, and none is used here.
SENTENCES: Mapping[str, SentenceLimit] = {"vi": SentenceLimit(20, 30), "en": SentenceLimit(15, 25)}

# A lesson of five to ten minutes, read slowly on a small screen.
FEWEST_WORDS, MOST_WORDS = 300, 600
FEWEST_PICTURES = 2
SUMMARY_POINTS = 3

KILOBYTE = 1024
# A picture takes three seconds at 40 kbit/s, as on 2G at its best.
HEAVY_PICTURE = 15 * KILOBYTE
# tests/house/test_budgets.py: what a page after the first may weigh on the wire.
PAGE_BUDGET = 10 * KILOBYTE
# What the head of the answer, the frame of the page and two self-checks add to the lesson itself: between
# 2,155 and 2,540 bytes when measured on every lesson of the course on false news in both languages.
PAGE_FRAME = 2600

# A key is suspected only when enough questions speak: below that, chance alone explains any share.
FEWEST_TO_JUDGE = 10
# A share this far from the fair one is named. "Keep the length of choices about equal" and "vary the location
# of the right answer": Haladyna, Downing, Rodriguez (2002), Applied Measurement in Education 15(3), 309-334.
SUSPECT = 0.15
# One option this many times as long as every other is seen at a glance.
CLEARLY_LONGER = 1.5

# Fewer, and a second try asks what the first one asked.
FEWEST_IN_FINAL = 30
FEWEST_PER_SKILL = 5
BANK_PER_DRAWN = 2
