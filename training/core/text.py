"""Vietnamese text: one form for storing, one for searching, one for sorting."""

import unicodedata

# The Vietnamese alphabet orders ă â after a, đ after d, ê after e, ô ơ after o, ư after u,
# then the tones: level, grave, hook, tilde, acute, dot below (TCVN 5712; same order as CLDR vi).
_LETTERS = {letter: index for index, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def normalise(text: str) -> str:
    """Return `text` composed (NFC), trimmed, with every run of white space made one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """Return `text` for forgiving search: lower case, no marks, đ as d, single spaces."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return " ".join(bare.replace("đ", "d").split())


def _syllable_key(syllable: str) -> str:
    letters: list[str] = []
    tone = 0
    for char in unicodedata.normalize("NFC", syllable.lower()):
        base, found = _strip_tone(char)
        tone = found or tone
        letters.append(_letter_key(base))
    return "".join(letters) + f" {tone}"


def _strip_tone(char: str) -> tuple[str, int]:
    tone = 0
    kept = []
    for part in unicodedata.normalize("NFD", char):
        if part in _TONES:
            tone = _TONES[part]
        else:
            kept.append(part)
    return unicodedata.normalize("NFC", "".join(kept)), tone


def _letter_key(letter: str) -> str:
    if letter in _LETTERS:
        return f"b{_LETTERS[letter]:02d}"
    if letter.isdigit():
        return f"a{letter}"
    return f"c{ord(letter[0]):05d}" if letter else ""


def vi_key(text: str) -> str:
    """Return a plain-comparable key that sorts `text` as a Vietnamese dictionary does.

    Words are compared one after another; runs of digits compare as numbers ("Thôn 2" before "Thôn 10").
    """
    return "".join(f"{_word_key(word)}!" for word in normalise(text).split(" "))


def _word_key(word: str) -> str:
    return f"a{int(word):012d}" if word.isdecimal() else _syllable_key(word)


def name_key(full_name: str) -> str:
    """Return the sort key of a person's name: given name (the last word) first, then family and middle names."""
    words = normalise(full_name).split(" ")
    return vi_key(words[-1]) + "," + vi_key(" ".join(words[:-1]))
