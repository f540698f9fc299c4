"""The demo province: real communes, invented villages, invented people."""

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from training.accounts import actions as accounts
from training.accounts.models import Person, PostKind
from training.accounts.rules import CARD_ALPHABET, CARD_LENGTH
from training.accounts.secrets import hash_secret
from training.core.permissions import Role
from training.devtools import names
from training.org import actions as org
from training.org.models import Unit, UnitKind

DATA = Path(__file__).parent / "data" / "tuyen_quang_communes.csv"
PROVINCE_CODE = "08"
# Marks a database that holds the demo.
DEMO_CODE = "DEMO"
MERGED_ON = date(2025, 7, 1)
PIN = "246813"
PASSWORD = "lua-nuong-chin-vang"  # noqa: S105 - the demo's, meant to be known
KINDS = {"xã": UnitKind.COMMUNE, "phường": UnitKind.WARD}


@dataclass(frozen=True, slots=True)
class Filled:
    """A commune that has people in the demo: official code, user name of its committee, number of cells."""

    code: str
    username: str
    cells: int


FILLED = (
    Filled("02449", "ban.xuanvan", 20),
    Filled("02512", "ban.antuong", 14),
    Filled("00802", "ban.khauvai", 18),
)
# Some secretaries have no phone of their own and sign in with a card.
WITHOUT_PHONE = 6
SECOND_POSTS = (PostKind.VILLAGE_HEAD, PostKind.FRONT_CHAIR)


@dataclass
class Province:
    """Who and what was made."""

    unit: Unit
    communes: dict[str, Unit]
    administrator: Person
    trainers: list[Person]
    learners: dict[str, list[Person]] = field(default_factory=dict)
    cells: dict[str, list[Unit]] = field(default_factory=dict)


class Builder:
    """Makes units and people in a fixed order, so that two loads give the same province."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.names = names.people(rng)
        self.villages = iter(["Nà Sảng", "Khuổi Mò", *(v for v in names.villages(rng) if v not in _FIRST)])
        self.phones = (f"0900000{number:03d}" for number in range(1, 100))
        self.pin_hash = hash_secret(PIN)
        self.password_hash = hash_secret(PASSWORD)
        self.made = 0

    def build(self) -> Province:
        """Make units, staff and learners."""
        unit = org.open_unit(
            None, UnitKind.PROVINCE, "Tỉnh Tuyên Quang", None, code=PROVINCE_CODE, opened_on=MERGED_ON
        )
        administrator = self.staff("Quản trị viên thử", "quantri", Role.ADMINISTRATOR, [unit])
        communes = {
            row["code"]: org.open_unit(
                administrator.id,
                KINDS[row["type"]],
                row["full_name"],
                unit,
                code=row["code"],
                opened_on=MERGED_ON,
            )
            for row in read_communes()
        }
        org.open_unit(
            administrator.id,
            UnitKind.CENTRE,
            "Trung tâm chính trị khu vực Suối Mây",
            unit,
            code=DEMO_CODE,
            opened_on=MERGED_ON,
        )
        province = Province(unit, communes, administrator, [])
        self.add_staff(province)
        for filled in FILLED:
            self.fill(province, filled)
        return province

    def add_staff(self, province: Province) -> None:
        """Make two trainers, the committees of the filled communes and the province's."""
        places = [province.communes[filled.code] for filled in FILLED]
        province.trainers = [
            self.staff("Giảng viên thử Đào Thị Nắng", "giangvien1", Role.TRAINER, [places[0], places[2]]),
            self.staff("Giảng viên thử Lê Văn Gió", "giangvien2", Role.TRAINER, [places[1], places[2]]),
        ]
        self.staff("Ban Tổ chức thử của tỉnh", "ban.tinh", Role.COMMITTEE, [province.unit])
        for filled, place in zip(FILLED, places, strict=True):
            self.staff(f"Ban Xây dựng Đảng thử {place.name}", filled.username, Role.COMMITTEE, [place])

    def fill(self, province: Province, filled: Filled) -> None:
        """Open the cells of a commune and put a secretary in each; here and there a deputy or a second post."""
        commune, actor = province.communes[filled.code], province.administrator.id
        word = "tổ dân phố" if commune.kind == UnitKind.WARD else "thôn"
        people, cells = [], []
        for index in range(filled.cells):
            name = f"Chi bộ {word} {next(self.villages)}"
            cell = org.open_unit(actor, UnitKind.CELL, name, commune, opened_on=MERGED_ON)
            secretary = self.learner(actor, cell, PostKind.SECRETARY)
            if index % 4 == 0:
                accounts.take_post(actor, secretary, cell, SECOND_POSTS[index // 4 % 2], self.long_ago())
            people.append(secretary)
            cells.append(cell)
        people += [self.learner(actor, cells[index], PostKind.DEPUTY_SECRETARY) for index in (0, 3, 7)]
        # One secretary looks after a neighbouring cell as well.
        accounts.take_post(actor, people[1], cells[2], PostKind.DEPUTY_SECRETARY, self.long_ago())
        province.learners[filled.code], province.cells[filled.code] = people, cells

    def learner(self, actor_id: int, cell: Unit, post: PostKind, started_on: date | None = None) -> Person:
        """Make someone who learns; every sixth has no phone."""
        self.made += 1
        phone = None if self.made % WITHOUT_PHONE == 0 else next(self.phones)
        address = self.rng.choices(("đồng chí", "bác", "cô", "chú", "anh", "chị"), (8, 3, 1, 2, 1, 1))[0]
        person = accounts.create_person(actor_id, next(self.names), phone=phone, address=address)
        person.pin_hash = self.pin_hash
        person.card_code = "".join(self.rng.choices(CARD_ALPHABET, k=CARD_LENGTH))
        person.text_size = self.rng.choices((1, 2, 3), (6, 3, 1))[0]
        accounts.take_post(actor_id, person, cell, post, started_on or self.long_ago())
        return person

    def staff(self, name: str, username: str, role: Role, units: list[Unit]) -> Person:
        """Make someone who teaches, checks or administers."""
        person = accounts.create_person(None, name, username=username)
        person.password_hash = self.password_hash
        person.card_code = "".join(self.rng.choices(CARD_ALPHABET, k=CARD_LENGTH))
        for unit in units:
            accounts.grant_role(None, person, role, unit)
        return person

    def long_ago(self) -> date:
        """Return a day in the half year after the merger."""
        return MERGED_ON + timedelta(days=self.rng.randrange(180))


_FIRST = ("Nà Sảng", "Khuổi Mò")


def read_communes() -> Iterator[dict[str, str]]:
    """Yield the rows of the list of communes: code, type, name, full_name, slug, former_province_inferred."""
    with DATA.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
