"""The unit of amounts, as tables state it: in a line above them, in a header, in a column or in the cell itself.

Its patterns stand here as text and are compiled where they are first looked for: that takes 0.03 s, and most commands
read no table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_SPACE: Final = r"[\s\u00a0\u2009\u202f]*"
_THOUSAND: Final = (
    r"(1[.,' \u00a0\u202f]?000(,-+|,00|\.00)?|000|000'?s|duizend(en)?|duizendtal(len)?|dzd|thousands?|k)\.?"
)
_MILLION: Final = rf"(1[.,' ]?000[.,' ]?000|(1{_SPACE})?(mln|miljoen(en)?|mio|million(s)?|mn)\.?)"
_EURO: Final = r"(€|eur|euro'?s?|euros)"
_TIMES: Final = r"(x|×|\*|maal|in|per|amounts in|bedragen in|in eenheden van|in units of)"

_BEFORE: Final = rf"({_TIMES}{_SPACE})?({_EURO}{_SPACE})?({_TIMES}{_SPACE})?({_EURO}{_SPACE})?"
_WHOLE: Final = (
    # What a cell of units, or what stands in brackets behind a name, may be as a whole.
    (rf"{_BEFORE}{_MILLION}({_SPACE}(of )?{_EURO})?", 1_000_000),
    (rf"{_BEFORE}'?{_THOUSAND}({_SPACE}(of )?{_EURO})?", 1_000),
    (rf"(in )?(m{_SPACE}€|€{_SPACE}m|meur)", 1_000_000),
    (rf"(in )?([kt]{_SPACE}€|€{_SPACE}[kt]|keur|teur)", 1_000),
    (rf"((in|x|×){_SPACE})?((hele|gehele|whole){_SPACE})?({_EURO}|x{_SPACE}1|x{_SPACE}{_EURO}{_SPACE}1)", 1),
)  # fmt: skip
_UNIT_BEHIND: Final = (
    rf"(?i)(?:\s*[,:-])?\s+((in|x)\s)?(?P<unit>[kmt]€|{_MILLION}(\s(€|{_EURO}))?"
    rf"|{_EURO}\s(mln|mio|miljoen|duizend)|keur|teur|meur)$"
)
_AMOUNTS: Final = r"(alle |all )?(bedragen|amounts|cijfers|figures|lasten|baten|getallen|eenheid|unit)"
_MENTION: Final = (
    rf"\b(duizend(en|tallen)?|thousands?|mln|mio|miljoen(en)?|millions?)\b|k€|m€|keur|meur"
    rf"|[x×*]{_SPACE}({_EURO}{_SPACE})?1[.,' ]?000|{_EURO}{_SPACE}1[.,' ]000\b|'000\b"
)
_OTHER_UNIT: Final = (
    rf"\b(mld|miljard(en)?|billions?|bn|tienduizend(en)?|honderdduizend(en)?|keur|teur)\b"
    rf"|\b(x|×|\*|in|per){_SPACE}({_EURO}{_SPACE})?(hele )?"
    r"(honderd(en|tallen)?|hundreds?|ton(nen)?|(euro)?cent(en|s)?)\b"
    rf"|(?<![a-z0-9])[x×*]{_SPACE}(({_EURO}|f|ƒ|fl\.?){_SPACE})?1[.,' ]?0[0.,' ]*(?![0-9])"
    r"|[$£¥ƒ]|\b(usd|gbp|nlg|awg|ang|chf|dollars?|ponden|gulden(s)?)\b"
)


def unit_of(text: str) -> int | None:
    """How many euros a unit is, 1, 1,000 or 1,000,000, of a text that is a unit and nothing else; None for another."""
    bare = _bare(text)
    return next((euros for form, euros in _WHOLE if re.fullmatch(form, bare)), None)


def unit_stated_in(text: str) -> int | None:
    """The unit that a line or a name states, such as ``Bedragen x € 1.000`` or ``Begroting (in mln)``; None without."""
    bare = _bare(text)
    verb = "(zijn |luiden |are |is )?(weergegeven |uitgedrukt |shown |expressed )?"
    parts = [bare, *re.findall(r"[(\[]([^()\[\]]*)[)\]]", bare)]
    parts += [piece for part in tuple(parts) for piece in re.split(r"[,;] | tenzij | unless ", part)[:-1]]
    for part in tuple(parts):
        if head := re.match(rf"{_AMOUNTS}[\s:=]*{verb}(?P<unit>.*)", part):
            parts.append(head["unit"])
        if tail := re.search(rf"(?:^|[\s,;:-])(?P<unit>(?:x|×|\*|in){_SPACE}\S.*)$", part):
            parts.append(tail["unit"])
    units = {unit for part in parts if (unit := unit_of(part.strip(" .:;"))) is not None}
    return units.pop() if len(units) == 1 else None


def unit_in_head(text: str) -> int | None:
    """The unit that the head of a column states: as a line does, or as its last word, such as ``Begroting mln €``."""
    behind = re.search(_UNIT_BEHIND, text)
    return unit_stated_in(text) or (None if behind is None else unit_of(behind["unit"]))


def mentions_a_unit(text: str) -> bool:
    """Whether a text speaks of thousands or millions, without saying clearly that amounts are."""
    return re.search(_MENTION, _bare(text)) is not None


def mentions_another_unit(text: str) -> bool:
    """Whether a text speaks of billions, hundreds, cents or another currency than the euro, which are no units here."""
    return re.search(_OTHER_UNIT, _bare(text)) is not None


def without_unit(text: str) -> str:
    """A name without the unit that it states in brackets or at its end."""
    kept = re.sub(r"[(\[][^()\[\]]*[)\]]", lambda part: "" if unit_stated_in(part[0]) else part[0], text)
    short = re.sub(_UNIT_BEHIND, "", kept)
    if short == kept:
        short = re.sub(rf"\s+((x|×|\*|in){_SPACE}.*|{_EURO})$", "", kept, flags=re.IGNORECASE)
    return short if short != kept and unit_of(kept[len(short) :].lstrip(" ,:-").removeprefix("x ")) else kept


def split_unit(text: str) -> tuple[str, int]:
    """An amount without the unit behind it, and that unit: ``1,2 mln`` is ``1,2`` and a million; 1 without."""
    behind = re.fullmatch(r"(.*[0-9)\-=–—])\s*([a-zA-Z€']+\.?)", text.strip(), re.DOTALL)
    words: Iterable[str] = () if behind is None else (behind[2],)
    for word in words:
        unit = unit_of(word)
        if unit is not None and unit > 1 and behind is not None:
            return behind[1], unit
    return text, 1


def _bare(text: str) -> str:
    return " ".join(text.casefold().replace("\u00a0", " ").replace("\u202f", " ").strip(" .:;").split())
