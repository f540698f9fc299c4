"""Invented names that read naturally: the given names are hills, trees and weather."""

import random
from collections.abc import Iterator
from itertools import product

FAMILIES = ("Hoàng", "Nông", "Ma", "Lý", "Vàng", "Giàng", "Nguyễn", "Trần", "Đặng", "Bàn", "Triệu", "Phàn", "Hà", "Lương", "Quan", "La", "Sùng", "Phạm")  # fmt: skip
MEN = ("Văn", "Mí", "Đức", "Quang", "Hữu", "Seo", "Xuân")
WOMEN = ("Thị", "Thu", "Thanh", "Kim", "Ngọc")
MEN_GIVEN = (
    "Suối",
    "Thác",
    "Đồi",
    "Rừng",
    "Trúc",
    "Lim",
    "Vầu",
    "Nứa",
    "Quế",
    "Hồi",
    "Nghiến",
    "Sấu",
    "Đá",
    "Trám",
)
WOMEN_GIVEN = ("Mây", "Sương", "Nương", "Chè", "Mận", "Sim", "Ban", "Lúa", "Bưởi", "Nắng", "Cọ", "Lá")

FIRST_WORDS = ("Nà", "Khuổi", "Pác", "Lũng", "Khau", "Tát", "Phiêng", "Nặm", "Bản", "Đồng")
SECOND_WORDS = ("Sảng", "Mò", "Trám", "Vầu", "Quế", "Sim", "Lúa", "Mây", "Cọ", "Đá", "Nứa", "Hồi")


def people(rng: random.Random) -> Iterator[str]:
    """Yield every invented full name once, in an order that `rng` decides."""
    men = product(FAMILIES, MEN, MEN_GIVEN)
    women = product(FAMILIES, WOMEN, WOMEN_GIVEN)
    names = [" ".join(parts) for parts in (*men, *women)]
    rng.shuffle(names)
    yield from names


def villages(rng: random.Random) -> Iterator[str]:
    """Yield invented village names, each once, in an order that `rng` decides."""
    names = [" ".join(parts) for parts in product(FIRST_WORDS, SECOND_WORDS)]
    rng.shuffle(names)
    yield from names
