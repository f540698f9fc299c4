"""What people read for posts, roles and forms of address."""

from flask_babel import lazy_gettext as _l

from training.accounts.models import PostKind
from training.core.permissions import Role

POSTS = {
    PostKind.SECRETARY: _l("Cell secretary"),
    PostKind.DEPUTY_SECRETARY: _l("Deputy cell secretary"),
    PostKind.VILLAGE_HEAD: _l("Village head"),
    PostKind.FRONT_CHAIR: _l("Village Front chair"),
}

ROLES = {
    Role.TRAINER: _l("Trainer"),
    Role.COMMITTEE: _l("Committee"),
    Role.ADMINISTRATOR: _l("Administrator"),
}

# Forms of address are Vietnamese words in both languages: they are how the person wishes to be called.
ADDRESSES = ("đồng chí", "bác", "cô", "chú", "anh", "chị")
