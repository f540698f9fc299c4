"""What stories about staff at quizzes begin with."""

import pytest

from tests.support.cast import Cast
from tests.support.page import Client
from training.core.db import db


@pytest.fixture
def trainer(client: Client, cast: Cast) -> Client:
    """The trainer's computer, in English so that the words can be told apart."""
    cast.trainer.language = "en"
    db.session.commit()
    return client.sign_in(cast.trainer)
