"""What a process is asked, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from gguplan.language import Language

Question = Literal["spending", "years", "collapse", "sweep"]
Product = Literal["workbook", "tables", "effects", "page", "proposal"]
Kind = Question | Product

QUESTIONS: tuple[Question, ...] = get_args(Question)
PRODUCTS: tuple[Product, ...] = get_args(Product)


@dataclass(frozen=True)
class Task:
    """One long answer. `scenarios` are the baseline and then what is worked on, each as what it is read from and the
    settings on it; only the second where they are the same. `vary` are ranges of a sweep as ``--vary`` takes them."""

    kind: Kind
    scenarios: tuple[tuple[str, tuple[str, ...]], ...]
    language: Language
    municipality: str = ""
    vary: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A picture: its title, what it shows in words, and SVG."""

    title: str
    words: str
    svg: bytes


@dataclass(frozen=True)
class Progress:
    """How far it is: so many of so many."""

    done: int
    total: int


@dataclass(frozen=True)
class Done:
    """What came out: what the command prints and its pictures, or a file to keep with its record."""

    printed: str = ""
    pictures: tuple[Shown, ...] = ()
    file: tuple[str, bytes] | None = None


@dataclass(frozen=True)
class Refused:
    """Why nothing came out."""

    findings: tuple[str, ...]


Told = Progress | Done | Refused
