"""What trainers read about questions, in words that need no statistics."""

from flask_babel import lazy_gettext as _l

from training.quizzes.analysis import Flag, Strength

FLAGS = {
    Flag.AGAINST: _l("Those who know more get it wrong more often: look at the key."),
    Flag.LURE: _l("A wrong answer attracts more people than the right one."),
    Flag.FEW_RIGHT: _l("Few people get it right: is it taught, and are its words clear?"),
    Flag.OFTEN_OPEN: _l("Many people leave it open."),
    Flag.BLUNT: _l("It hardly tells those who know more from those who know less."),
    Flag.ALMOST_ALL_RIGHT: _l("Almost everybody gets it right."),
}
# Those that ask for a look; the others are only good to know.
GRAVE = frozenset({Flag.AGAINST, Flag.LURE, Flag.FEW_RIGHT, Flag.OFTEN_OPEN})

STRENGTHS = {
    Strength.AGAINST: _l("the wrong way round"),
    Strength.NOT: _l("hardly"),
    Strength.WEAK: _l("a little"),
    Strength.GOOD: _l("well"),
}
