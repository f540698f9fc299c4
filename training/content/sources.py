"""The numbered list of sources at the end of a lesson."""

from collections.abc import Sequence
from datetime import date
from xml.etree.ElementTree import Element, SubElement

from training.activities.words import in_language
from training.content.document import CourseDocument, Reference
from training.content.page_words import PageWords

SOURCE_ID = "source-%d"


def sources_section(
    document: CourseDocument, keys: Sequence[str], language: str, words: PageWords
) -> Element:
    """Build the list of the sources a lesson cites.

    Args:
        document: the course, whose library holds the references.
        keys: the cited references in the order of their numbers, all of them known.
        language: the language of the titles.
        words: the words around them.

    Returns:
        A ``section`` element.
    """
    section = Element("section", {"class": "sources"})
    SubElement(section, "h2").text = words.sources
    listed = SubElement(section, "ol")
    for number, key in enumerate(keys, start=1):
        entry = SubElement(listed, "li", {"id": SOURCE_ID % number})
        _fill(entry, document, document.library[key], language, words)
    return section


def _fill(
    entry: Element, document: CourseDocument, reference: Reference, language: str, words: PageWords
) -> None:
    title = in_language(reference.title, language)
    issued = words.issued_on % {"date": _day(reference.issued_on)} if reference.issued_on else ""
    named = ", ".join(part for part in (title, reference.number, issued) if part)
    if reference.url:
        SubElement(entry, "a", {"href": reference.url}).text = named
    else:
        SubElement(entry, "span").text = named
    entry[-1].tail = ". "
    facts = SubElement(entry, "span", {"class": "source-facts"})
    facts.text = " ".join(_facts(document, reference, language, words))


def _facts(document: CourseDocument, reference: Reference, language: str, words: PageWords) -> list[str]:
    facts = [words.confidence[reference.confidence], words.checked_on % {"date": _day(reference.checked_on)}]
    successor = document.library.get(reference.replaced_by)
    if successor:
        facts.append(words.replaced_by % {"title": in_language(successor.title, language)})
    if reference.note:
        facts.append(in_language(reference.note, language))
    return facts


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
