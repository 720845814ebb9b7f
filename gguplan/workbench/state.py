"""What the address of the page says: which scenarios are held side by side, each with its changes, and what is looked
at. Nothing else is remembered, so that reload, back, another tab and a server that starts again all find the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, urlencode

from msgspec import Struct
from msgspec.structs import replace

from gguplan.findings import Finding, InputError, Place
from gguplan.language import Language, _, current_language

MOST_VARIANTS: Final = 4
"""How many scenarios stand side by side."""
LONGEST_ADDRESS: Final = 60_000
"""Characters of an address that are read."""
_MOST_FIELDS: Final = 2_000
_LONGEST_CODE: Final = 64


class Variant(Struct, frozen=True):
    """A scenario by the name it is known under, and the settings on top of it, each as ``--set`` takes it."""

    base: str
    settings: tuple[str, ...] = ()


class State(Struct, frozen=True):
    """The variants side by side; `shown` is the place of the one that is worked on.

    `municipality` is a CBS code, or what another body is called, empty for none; `sums` are the programmes of which the
    whole sum stands open on its bill; `tables` are paths of tables that stand ready to be filled in.
    """

    variants: tuple[Variant, ...]
    shown: int = 0
    municipality: str = ""
    sums: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    language: Language = "en"

    @property
    def variant(self) -> Variant:
        """The one that is worked on."""
        return self.variants[self.shown]

    @property
    def baseline(self) -> Variant:
        """What all others are held beside: the first scenario as its file says it."""
        return Variant(self.variants[0].base)

    def with_settings(self, settings: tuple[str, ...]) -> State:
        """The same with other settings on the variant that is worked on."""
        changed = list(self.variants)
        changed[self.shown] = replace(self.variant, settings=settings)
        return replace(self, variants=tuple(changed))


def address_of(state: State) -> str:
    """The state as the query of an address."""
    return urlencode(list(_fields(state)))


def _fields(state: State) -> Iterator[tuple[str, str]]:
    for variant in state.variants:
        yield "scenario", variant.base
        yield from (("set", setting) for setting in variant.settings)
    if state.shown:
        yield "shown", str(state.shown + 1)
    if state.municipality:
        yield "municipality", state.municipality
    yield from (("sum", programme) for programme in state.sums)
    yield from (("table", path) for path in state.tables)
    yield "lang", state.language


def state_at(address: str, first: str) -> State:
    """The state that an address says; `first` is the scenario of an address that names none.

    Raises InputError for an address that no page of the workbench has.
    """
    if len(address) > LONGEST_ADDRESS:
        raise _refused(_("This address is longer than {count} characters.", count=LONGEST_ADDRESS))
    try:
        fields = parse_qsl(address, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except ValueError:
        raise _refused(_("This address cannot be read.")) from None
    variants: list[Variant] = []
    plain: dict[str, str] = {}
    several: dict[str, list[str]] = {"sum": [], "table": []}
    for key, value in fields:
        if key == "scenario":
            variants.append(Variant(value))
        elif key == "set":
            variants = variants or [Variant(first)]
            variants[-1] = replace(variants[-1], settings=(*variants[-1].settings, value))
        elif key in several:
            several[key].append(value)
        elif key in ("shown", "municipality", "lang"):
            plain[key] = value
        else:
            raise _refused(_("There is no {key!r} in an address of the workbench.", key=key[:100]))
    variants = variants or [Variant(first)]
    if len(variants) > MOST_VARIANTS:
        raise _refused(_("At most {count} scenarios stand side by side.", count=MOST_VARIANTS))
    shown = plain.get("shown", "1")
    if shown not in map(str, range(1, len(variants) + 1)):
        raise _refused(_("There is no scenario {number!r} here.", number=shown[:100]))
    return State(
        tuple(variants),
        int(shown) - 1,
        plain.get("municipality", "")[:_LONGEST_CODE],
        tuple(dict.fromkeys(several["sum"])),
        tuple(dict.fromkeys(several["table"])),
        _language(plain.get("lang")),
    )


def _language(written: str | None) -> Language:
    match written:
        case None:
            return current_language()
        case "nl" | "en":
            return written
        case _:
            raise _refused(_("There is no language {name!r}.", name=written[:100]))


def _refused(what: str) -> InputError:
    return InputError([Finding(Place(_("address of the page")), what, _("Start again from the first address."))])
