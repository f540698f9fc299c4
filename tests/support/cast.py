"""The fixed cast of every story. All of them are invented.

Xuân Vân and Khâu Vai are two communes served by one political centre; the stranger is from another province.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from training.accounts import actions as accounts
from training.accounts.models import Person, PostKind
from training.catalogue.queries import get_course
from training.core.db import db
from training.core.permissions import Role
from training.enrolment import actions as enrolment
from training.org import actions as org
from training.org.models import Unit, UnitKind

PIN = "246813"
PASSWORD = "lúa-nương-chín-vàng"
COURSE = "fake-news"


@dataclass(frozen=True)
class Cast:
    """Who is who."""

    province: Unit
    xuan_van: Unit
    khau_vai: Unit
    na_sang: Unit
    khuoi_mo: Unit
    elder: Person
    shared_phone: Person
    neighbour: Person
    trainer: Person
    committee: Person
    other_committee: Person
    province_committee: Person
    administrator: Person
    stranger: Person
    strange_admin: Person

    @property
    def everyone(self) -> dict[str, Person]:
        """Return role name → person, for walks over all of them."""
        return {name: person for name, person in vars(self).items() if isinstance(person, Person)}


def bring_on() -> None:
    """Make the cast: an elder with two posts, one without a phone, staff of every kind, strangers."""
    province = org.open_unit(None, UnitKind.PROVINCE, "Tỉnh Tuyên Quang", None, code="08")
    other = org.open_unit(None, UnitKind.PROVINCE, "Tỉnh Mây Trắng", None, code="99")
    xuan_van = org.open_unit(None, UnitKind.COMMUNE, "Xã Xuân Vân", province, code="02449")
    khau_vai = org.open_unit(None, UnitKind.COMMUNE, "Xã Khâu Vai", province, code="00787")
    far = org.open_unit(None, UnitKind.COMMUNE, "Xã Gió Lành", other, code="99001")
    na_sang = org.open_unit(None, UnitKind.CELL, "Chi bộ thôn Nà Sảng", xuan_van)
    khuoi_mo = org.open_unit(None, UnitKind.CELL, "Chi bộ thôn Khuổi Mò", khau_vai)
    strange_cell = org.open_unit(None, UnitKind.CELL, "Chi bộ thôn Đá Bạc", far)
    enrolment.assign(None, get_course(COURSE), province, date(2099, 12, 15))
    enrolment.assign(None, get_course(COURSE), other, date(2099, 12, 15))
    elder = _learner("Hoàng Văn Thử Thanh", "0900000001", na_sang)
    accounts.take_post(None, elder, na_sang, PostKind.VILLAGE_HEAD)
    _learner("Lý Thị Thử Đào", None, na_sang, card="ACDE23", kind=PostKind.DEPUTY_SECRETARY)
    _learner("Vàng Mí Thử Sính", "0900000003", khuoi_mo)
    _learner("Nông Thị Thử Lạ", "0900000004", strange_cell)
    trainer = _staff("Trần Thị Thử Giảng", "giang", Role.TRAINER, xuan_van)
    accounts.grant_role(None, trainer, Role.TRAINER, khau_vai)
    _staff("Ban Xây dựng Đảng Xuân Vân", "xuanvan", Role.COMMITTEE, xuan_van)
    _staff("Ban Xây dựng Đảng Khâu Vai", "khauvai", Role.COMMITTEE, khau_vai)
    _staff("Ban Tổ chức Thử Tỉnh", "tinh", Role.COMMITTEE, province)
    _staff("Phạm Thử Quản Trị", "quantri", Role.ADMINISTRATOR, province)
    _staff("Người Quản Trị Lạ", "la", Role.ADMINISTRATOR, other)


_pin_hash: str | None = None
_password_hash: str | None = None


def _learner(
    name: str, phone: str | None, unit: Unit, card: str | None = None, kind: PostKind = PostKind.SECRETARY
) -> Person:
    global _pin_hash
    person = accounts.create_person(None, name, phone=phone)
    if _pin_hash is None:
        accounts.reset_pin(None, person, PIN)
        _pin_hash = person.pin_hash
    person.pin_hash, person.card_code = _pin_hash, card or person.card_code
    accounts.take_post(None, person, unit, kind)
    return person


def _staff(name: str, username: str, role: Role, unit: Unit) -> Person:
    global _password_hash
    person = accounts.create_person(None, name, username=username)
    if _password_hash is None:
        accounts.reset_password(None, person, PASSWORD)
        _password_hash = person.password_hash
    person.password_hash = _password_hash
    accounts.grant_role(None, person, role, unit)
    return person


def read() -> Cast:
    """Return the cast as the present database has it."""
    people = {p.username or p.phone or p.card_code: p for p in db.session.scalars(select(Person))}
    units = {u.name: u for u in db.session.scalars(select(Unit))}
    return Cast(
        province=units["Tỉnh Tuyên Quang"],
        xuan_van=units["Xã Xuân Vân"],
        khau_vai=units["Xã Khâu Vai"],
        na_sang=units["Chi bộ thôn Nà Sảng"],
        khuoi_mo=units["Chi bộ thôn Khuổi Mò"],
        elder=people["0900000001"],
        shared_phone=people["ACDE23"],
        neighbour=people["0900000003"],
        trainer=people["giang"],
        committee=people["xuanvan"],
        other_committee=people["khauvai"],
        province_committee=people["tinh"],
        administrator=people["quantri"],
        stranger=people["0900000004"],
        strange_admin=people["la"],
    )
