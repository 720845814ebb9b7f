"""What a process is asked, and what it gives back."""

from __future__ import annotations

from typing import Literal, get_args

from msgspec import Struct

from gguplan.language import Language

Question = Literal["spending", "years", "collapse", "sweep"]
Product = Literal["workbook", "tables", "effects", "page", "proposal"]
Kind = Question | Product

QUESTIONS: tuple[Question, ...] = get_args(Question)
PRODUCTS: tuple[Product, ...] = get_args(Product)


class Task(Struct, frozen=True):
    """One long answer. `scenarios` are the baseline and then what is worked on, each as what it is read from and the
    settings on it; only the second where they are the same. `vary` are ranges of a sweep as ``--vary`` takes them; a
    file is named after the `title`."""

    kind: Kind
    scenarios: tuple[tuple[str, tuple[str, ...]], ...]
    language: Language
    municipality: str = ""
    vary: tuple[str, ...] = ()
    title: str = ""


class Shown(Struct, frozen=True):
    """A picture: its title, what it shows in words, and SVG."""

    title: str
    words: str
    svg: bytes


class Progress(Struct, frozen=True):
    """How far it is: so many of so many."""

    done: int
    total: int


class Done(Struct, frozen=True):
    """What came out: what the command prints and its pictures, or a file to keep with its record."""

    printed: str = ""
    pictures: tuple[Shown, ...] = ()
    file: tuple[str, bytes] | None = None


class Refused(Struct, frozen=True):
    """Why nothing came out."""

    findings: tuple[str, ...]


Told = Progress | Done | Refused
