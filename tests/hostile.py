"""Hostile input, for the tests and for the long runs in ``fuzz/``: what reads it, what it starts from, how it is
mutated, and the only two ways in which reading it may end."""

from __future__ import annotations

import contextlib
import io
import os
import random
import signal
import sys
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, Final

from gguplan.findings import InputError

ROOT: Final = Path(__file__).parent.parent
ERRORS: Final = ROOT / "tests" / "errors"
_SOURCE: Final = "invented for a test"


@dataclass(frozen=True)
class Target:
    """Something that reads a file of somebody else: the name under which it finds the file, and what it starts from."""

    name: str
    file: str
    seeds: Callable[[], list[bytes]]
    read: Callable[[Path], object]
    share: int
    """Of a long run, in proportion to that of the others."""
    mutate: Callable[[bytes, list[bytes], random.Random], bytes] | None = None
    """How a seed is mutated, where its bytes alone say little."""


# --- what reads ------------------------------------------------------------------------------------


def _scenario(file: Path) -> None:
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.reports.tables.csv import csv_of
    from gguplan.runs.results import result_of

    result = result_of(read_scenario(file))
    for table in result.tables.values():
        csv_of(table)


def _setting(file: Path) -> None:
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.runs.results import result_of

    # As a shell gives it: bytes that are no text become lone surrogates, and a zero byte ends it.
    text = file.read_bytes().partition(b"\0")[0].decode("utf-8", errors="surrogateescape")
    result_of(read_scenario("uitnamen-2017", text.split("\n")))


def _population(file: Path) -> None:
    from gguplan.inputs.population.importing import read_user_population
    from gguplan.inputs.population.writing import write_population

    imported = read_user_population(file, 2025, _SOURCE)
    write_population(imported, file.parent / "out", "provisional")


def _ledger(file: Path) -> None:
    from gguplan.inputs.ledger.importing import read_user_history
    from gguplan.model.realisation.planned_programmes import latest
    from gguplan.model.spending import forecast_of
    from gguplan.reports.tables.forecast import forecast_as_dict

    rows = read_user_history(file).rows
    programmes = latest(rows, {})[:20]
    if programmes and now_and_then(file):
        forecast_as_dict(forecast_of(programmes, rows, max(row.year for row in rows) + 1, {}, {}, 100, 1))


def _running_year(file: Path) -> None:
    from gguplan.inputs.ledger.importing import read_running_year
    from gguplan.inputs.ledger.ledger_files import load_ledger
    from gguplan.inputs.ledger.realised_years import realised_years
    from gguplan.model.realisation.planned_programmes import latest
    from gguplan.model.spending import forecast_of

    so_far = read_running_year(file)
    if now_and_then(file):
        rows = realised_years(load_ledger())
        forecast_of(latest(rows, {}), rows, 2018, {}, so_far, 100, 1)


def _weights(file: Path) -> None:
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.runs.results import result_of

    scenario = file.parent / "scenario.toml"
    scenario.write_text(
        'title = "A"\nyear = 2017\nreference_date = 2017-01-01\nsource = "s"\n[programmes.a]\ntitle = "A"\n'
        'gross = "1000.00"\nvat = "none"\n'
        f'allocation = {{ key = "column", file = "{file.name}", column = "population" }}\n',
        encoding="utf-8",
    )
    result_of(read_scenario(scenario))


def _vary(file: Path) -> None:
    from gguplan.inputs.scenario.reading import read_scenario
    from gguplan.inputs.sweep.plan import read_plan

    text = file.read_bytes().partition(b"\0")[0].decode("utf-8", errors="surrogateescape")
    read_plan(read_scenario("uitnamen-2017"), text.split("\n"))


def _template(file: Path) -> None:
    from gguplan.reports.proposal.word.template import read_template

    read_template(file)


def _record(file: Path) -> None:
    from gguplan.runs.record import read_record, record_of
    from gguplan.runs.recorded_scenario import read_resolved

    for scenario in read_record(record_of(file)).scenarios:
        read_resolved(scenario, file)


_OWN_YEARS: Final = b"year,municipalities,national_total,status,note\n2030,2,,provisional,\n"


def _own_data(file: Path) -> None:
    """A file of a folder ``population_data`` that somebody else made."""
    from gguplan.inputs.population.municipal_changes import _changes_in, changes, changes_of
    from gguplan.inputs.population.municipalities import _aliases_in, _aliases_of, aliases, look_up
    from gguplan.inputs.population.years import folders, forget, load_population, years

    own = file.parent / "population_data"
    own.mkdir()
    beside = {
        "years.csv": _OWN_YEARS,
        "2030.csv": b"gm_code,name,province,population\nGM0344,Utrecht,Utrecht,1\nGM0193,Zwolle,Overijssel,2\n",
    }
    for name, content in {**beside, file.name: file.read_bytes()}.items():
        (own / name).write_bytes(content)
    for cached in (changes_of, _aliases_of, _changes_in, _aliases_in):
        cached.cache_clear()
    forget()
    before = Path.cwd()
    os.chdir(file.parent)
    try:
        assert len(folders()) == 2
        own_year = load_population(max(years()))
        changes()
        aliases()
        for municipality in own_year.municipalities[:5]:
            look_up(municipality.gm_code, own_year)
    finally:
        os.chdir(before)
        forget()
        for cached in (changes_of, _aliases_of, _changes_in, _aliases_in):
            cached.cache_clear()


def now_and_then(file: Path) -> bool:
    """Whether to go on to the sums, which take long: for one of twenty inputs, by what is in them."""
    return zlib.crc32(file.read_bytes()) % 20 == 0


# --- what it starts from -----------------------------------------------------------------------------


@cache
def scenario_seeds() -> list[bytes]:
    """Every shipped scenario, the commented new ones, and every broken scenario of the tests of errors."""
    from gguplan.inputs.scenario.new_scenario import new_scenario

    new = [new_scenario().encode(), new_scenario("uitnamen-2017").encode()]
    shipped, broken = sorted((ROOT / "scenarios").glob("*.toml")), sorted(ERRORS.glob("*/*.toml"))
    right = [*new, *(file.read_bytes() for file in shipped)]
    # As many that are right as are broken: what is broken twice says less.
    return right * (len(broken) // len(right)) + [file.read_bytes() for file in broken]


@cache
def setting_seeds() -> list[bytes]:
    """Settings that work, and those of the tests of errors."""
    import shlex

    settings = [
        "year=2018",
        "reference_date=2016-01-01",
        "without=[]",
        "programmes.luisterend-oor.rate=0.30",
        'opt_outs.luisterend-oor.municipalities=["Amsterdam", "GM0344"]',
        "opt_outs.luisterend-oor.settlement=shrink",
        "programmes.ibd.allocation={key = 'fixed_plus_inhabitants', fixed = \"1.00\"}",
        "year=2018\nprogrammes.ibd.gross=2100000.00",
    ]
    for file in sorted(ERRORS.glob("setting*/command")):
        words = shlex.split(file.read_text(encoding="utf-8"))
        settings += [words[place + 1] for place, word in enumerate(words[:-1]) if word == "--set"]
    return [setting.encode() for setting in settings]


def workbook_of(rows: list[list[object]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells_of(content: bytes, most: int) -> list[list[object]]:
    lines = content.decode().splitlines()[:most]
    return [[int(cell) if cell.isdigit() else cell for cell in line.split(",")] for line in lines]


@cache
def population_seeds() -> list[bytes]:
    """A year as CSV with several marks and encodings, and as a workbook."""
    whole = (ROOT / "population_data" / "2024.csv").read_bytes()
    short = b"\n".join(whole.splitlines()[:30])
    semicolons = short.decode().replace(",", ";")
    statline = (
        'Titel\n"Regio\'s";"Perioden";"Bevolking op 1 januari (aantal)"\n"Nederland";"2025";"18.044.027"\n'
        '"Aa en Hunze";"2025";"25.8"\n"Utrecht (gemeente)";"2025";"376.535"\n'
    )
    return [whole, short, semicolons.encode("utf-16"), semicolons.encode("cp1252"), statline.encode(),
            workbook_of(cells_of(short, 12))]  # fmt: skip


@cache
def ledger_seeds() -> list[bytes]:
    """The history of another fund, a small one in Dutch notation, and a workbook."""
    whole = (ROOT / "tests" / "data" / "nl_rijksbegroting.csv").read_bytes()
    head = b"\n".join(whole.splitlines()[:60])
    dutch = (
        "onderdeel;jaar;begroting;realisatie;soort;eenheid\nA;2015;1.000,50;900,00;ceiling;duizend\n"
        "A;2016;1.100,00;1.050,25;ceiling;duizend\nB;2016;(5);-;project;euro\n"
    )
    return [head, dutch.encode(), workbook_of(cells_of(dutch.replace(";", ",").encode(), 5))]


def running_year_seeds() -> list[bytes]:
    """How far a year is, in both notations."""
    rows = "programme,realised,expected\nkindertelefoon,1826000.00,0.40\nibd,100,50 %\nluisterend-oor,-5,1\n"
    return [
        rows.encode(),
        rows.replace(",", ";").replace(".", ",").encode("utf-16"),
        workbook_of(cells_of(rows.encode(), 4)),
    ]


@cache
def weights_seeds() -> list[bytes]:
    """Inhabitants as weights."""
    whole = (ROOT / "population_data" / "2017.csv").read_bytes()
    return [whole, workbook_of(cells_of(whole, 500))]


def vary_seeds() -> list[bytes]:
    """What is varied in a sweep."""
    return [
        b"programmes.luisterend-oor.rate=0.20:0.40:5",
        b"programmes.ibd.gross=1000000,2000000\nopt_outs.luisterend-oor.settlement=shrink,absorb",
        b"programmes.dkd.net=1.00:9.00:3",
    ]


@cache
def template_seeds() -> list[bytes]:
    """The template that comes with gguplan."""
    from gguplan.reports.proposal.word.house_style import shipped_template

    return [shipped_template()]


@cache
def record_seeds() -> list[bytes]:
    """The record of a run, as its command writes it."""
    import tempfile

    from typer.testing import CliRunner

    from gguplan.commands.cli import app

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "run"
        outcome = CliRunner().invoke(app, ["run", "uitnamen-2017", "--out", str(out)])
        assert outcome.exit_code == 0, outcome.output
        return [(out / "run.json").read_bytes()]


def _own(name: str) -> Callable[[], list[bytes]]:
    def seeds() -> list[bytes]:
        lines = (ROOT / "population_data" / name).read_bytes().splitlines()
        broken = [file.read_bytes() for file in sorted(ERRORS.glob(f"*/population_data/{name}"))]
        right = _OWN_YEARS if name == "years.csv" else b"\n".join(lines[:20]) + b"\n"
        return [right, *broken]

    return seeds


def _broken_years() -> list[bytes]:
    right = b"gm_code,name,province,population\nGM0344,Utrecht,Utrecht,374238\nGM0193,Zwolle,Overijssel,133141\n"
    broken = [file.read_bytes() for file in sorted(ERRORS.glob("*/population_data/20*.csv"))]
    return [right] * len(broken) + broken


FILES: Final = (
    Target("scenario", "hostile.toml", scenario_seeds, _scenario, 40),
    Target("setting", "setting.txt", setting_seeds, _setting, 18),
    Target("population", "table.csv", population_seeds, _population, 8),
    Target("ledger", "table.csv", ledger_seeds, _ledger, 8),
    Target("running-year", "table.csv", running_year_seeds, _running_year, 10),
    Target("weights", "table.csv", weights_seeds, _weights, 4),
    Target("vary", "vary.txt", vary_seeds, _vary, 6),
    Target("template", "template.docx", template_seeds, _template, 3),
    Target("record", "run.json", record_seeds, _record, 3),
    Target("own-years", "years.csv", _own("years.csv"), _own_data, 3),
    Target("own-year", "2030.csv", _broken_years, _own_data, 3),
    Target("own-mergers", "mergers.csv", _own("mergers.csv"), _own_data, 3),
    Target("own-aliases", "aliases.csv", _own("aliases.csv"), _own_data, 3),
)


# --- how it is mutated -------------------------------------------------------------------------------

_SPECIAL: Final = [
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xfe\xff", b"\x80", b"\xc3\x28", b"\xed\xa0\x80", b"\xf0\x9f\x92\xa9",
    "\u202e".encode(), "\u2066".encode(), "\u0301".encode(), "\u00a0".encode(), "\u2028".encode(), "İ".encode(),
    b"\x1b[2J", b"\r", b"\r\n", b"\n", b"\t", b"\"", b"'", b"\"\"\"", b"'''", b"\\", b"\\u0000", b"\\U0010ffff",
    b"[", b"]", b"[[", b"]]", b"{", b"}", b"=", b".", b",", b";", b"#", b"-", b"+", b"_", b"%", b"e", b"E",
    b"nan", b"inf", b"-inf", b"true", b"null", b"0", b"-0", b"-1", b"0x7fffffffffffffff", b"1e309", b"1e-400",
    b"9223372036854775807", b"9223372036854775808", b"-9223372036854775809", b"9" * 30, b"9" * 400, b"9" * 5000,
    b"0.1", b"0.0000000001", b"1.000.000,00", b"1,000,000.00", b"2017-02-30", b"0000-00-00", b"9999-12-31",
    b"../../../etc/passwd", b"/etc/passwd", b"..\\..\\x", b"/dev/zero", b"file:///etc/passwd", b"CON", b"~",
    b"=1+1", b"=cmd|' /C calc'!A0", b"@SUM(1)", b"+1", b"<script>alert(1)</script>", b"{{ 7*7 }}", b"{% raw %}",
    b"%s%n", b"{0.__class__}", b"{name}", b"title", b"programmes", b"opt_outs", b"groups", b"cascades",
    b"thresholds", b"realisation", b"extends = \"uitnamen-2017\"\n", b"ledger = 2017\n", b"Amsterdam", b"GM0363",
    b"[a]\n" * 50, b"[" * 3000, b"{a=" * 500, b"a." * 300, b"x" * 3000, b"\n" * 200, b"," * 2000, b"\"" * 1001,
]  # fmt: skip


def mutated(content: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The content with some of its bytes changed, taken out, put twice, cut off, or crossed with another's."""
    data = bytearray(content)
    for _time in range(chance.choice((1, 1, 1, 1, 2, 3, 5, 20))):
        here, elsewhere = chance.randrange(len(data) + 1), chance.randrange(len(data) + 1)
        first, last = min(here, elsewhere), max(here, elsewhere)
        way = chance.randrange(9)
        if way == 0 and data:
            data[here % len(data)] = chance.randrange(256)
        elif way == 1 and data:
            data[here % len(data)] ^= 1 << chance.randrange(8)
        elif way == 2:
            data[here:here] = chance.choice(_SPECIAL)
        elif way == 3:
            data[here : here + chance.randrange(1, 20)] = chance.choice(_SPECIAL)
        elif way == 4:
            del data[here : here + chance.choice((1, 2, 5, 30, 300))]
        elif way == 5:
            del data[here:]
        elif way == 6:
            data[here:here] = data[first : min(last, first + 400)]
        elif way == 7:
            second = chance.choice(others)
            start = chance.randrange(len(second) + 1)
            data[here:here] = second[start : start + chance.choice((4, 40, 400))]
        else:
            lines = bytes(data).split(b"\n")
            chance.shuffle(lines)
            data = bytearray(b"\n".join(lines))
    return bytes(data)


def mutated_zip(content: bytes, chance: random.Random) -> bytes:
    """A workbook or document of which one part is mutated, and packed again as it should be."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    hit = chance.choice(list(parts))
    parts[hit] = mutated(parts[hit], [*parts.values()], chance)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()


def mutation(target: Target, chance: random.Random) -> bytes:
    """One mutation of one of the seeds of a target."""
    seeds = target.seeds()
    seed = chance.choice(seeds)
    if target.mutate is not None:
        return target.mutate(seed, seeds, chance)
    if zipfile.is_zipfile(io.BytesIO(seed)) and chance.random() < 0.7:
        return mutated_zip(seed, chance)
    content = mutated(seed, seeds, chance)
    if chance.random() < 0.05:
        text = content.decode("utf-8", errors="replace")
        content = text.encode(chance.choice(("utf-16", "utf-16-be", "cp1252", "utf-32")), errors="replace")
    return content


# --- how it may end ----------------------------------------------------------------------------------


class TooSlow(BaseException):
    """No Exception, so that nothing that is tested takes it for one of its own."""


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TooSlow in what takes longer."""

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class Watch:
    """Notes every file that is written, made, renamed or removed outside a folder, while it is on; but for what Python
    keeps of a module that is imported for the first time."""

    def __init__(self) -> None:
        self.folder: str | None = None
        self.outside: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.folder is None or event not in WRITES or (event == "open" and not writes(arguments)):
            return
        paths = arguments[: WRITES[event]]
        for path in paths:
            if isinstance(path, (str, bytes, os.PathLike)):
                place = os.path.realpath(os.fsdecode(path))
                if not place.startswith((self.folder, "/dev/null")) and "/__pycache__" not in place:
                    self.outside.append(f"{event} {place}")


WRITES: Final = {"open": 1, "os.rename": 2, "os.mkdir": 1, "os.remove": 1, "os.link": 2, "os.symlink": 2,
                  "os.truncate": 1, "shutil.rmtree": 1, "os.rmdir": 1, "os.chmod": 1}  # fmt: skip


def writes(arguments: tuple[Any, ...]) -> bool:
    _path, _mode, flags = arguments
    return bool(isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))


def check_findings(error: InputError) -> None:
    """Fail if a mistake is told without its place, what is wrong, or what to do; or if it cannot be shown."""
    assert error.findings, "no findings"
    for finding in error.findings:
        parts = (str(finding.place), finding.what, finding.remedy)
        assert all(part.strip() for part in parts), finding
        str(finding)
        finding.as_dict()


def read_hostile(target: Target, content: bytes, folder: Path, seconds: float) -> bool:
    """Let a target read some content in `folder`, which is empty: True when it works, False for an InputError.

    Anything else is raised: another exception, a mistake without a remedy, or TooSlow.
    """
    file = folder / target.file
    file.write_bytes(content)
    try:
        with within(seconds), warnings.catch_warnings():
            # A sum that is no number any more goes on as if it were one.
            warnings.simplefilter("error", RuntimeWarning)
            target.read(file)
        return True
    except InputError as error:
        check_findings(error)
        return False
