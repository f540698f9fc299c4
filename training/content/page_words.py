"""The few words a rendered lesson adds of its own, in the language of the lesson.

They are data rather than translations of the page: a published lesson keeps its words whatever language
the reader's page is in, and rendering stays free of the web framework.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class PageWords:
    """Words around the list of sources; the texts hold named placeholders."""

    sources: str
    citation: str
    checked_on: str
    issued_on: str
    replaced_by: str
    confidence: Mapping[str, str]


PAGE_WORDS: Mapping[str, PageWords] = {
    "vi": PageWords(
        sources="Nguồn",
        citation="Nguồn %(number)s",
        checked_on="Kiểm tra ngày %(date)s.",
        issued_on="ngày %(date)s",
        replaced_by="Đã được thay bằng: %(title)s.",
        confidence={
            "official": "Nguồn chính thức.",
            "news": "Theo báo chí.",
            "unofficial": "Bản không chính thức.",
            "principle": "Nguyên tắc chung.",
        },
    ),
    "en": PageWords(
        sources="Sources",
        citation="Source %(number)s",
        checked_on="Checked on %(date)s.",
        issued_on="of %(date)s",
        replaced_by="Replaced by: %(title)s.",
        confidence={
            "official": "Official source.",
            "news": "As reported in the news.",
            "unofficial": "Unofficial copy.",
            "principle": "General principle.",
        },
    ),
}
