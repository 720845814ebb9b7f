"""What the server answers to each request, once it may come in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from gguplan.findings import Finding, InputError
from gguplan.language import _, written_in
from gguplan.workbench.answers.titles import title_of
from gguplan.workbench.changes import after
from gguplan.workbench.gate import cookie_name
from gguplan.workbench.long.asking import standing_of, task_of
from gguplan.workbench.long.task import Done
from gguplan.workbench.rendering import digests, fragments_of, map_in_brief, page_of, population_mark, refusal
from gguplan.workbench.requests import ActRequest, LongRequest, SaveRequest, StopRequest, act_of, request_in
from gguplan.workbench.saving import text_of, write
from gguplan.workbench.short_names import scenario_file_name
from gguplan.workbench.state import State, address_of, state_at
from gguplan.workbench.workbench import Workbench


def door(workbench: Workbench, token: str) -> Response:
    """Lets a browser in that has the token: it gets the cookie, and goes to the page."""
    if not workbench.keys.is_token(token):
        return no_access(workbench)
    response = RedirectResponse(f"/?{address_of(workbench.start)}", status_code=303)
    response.set_cookie(cookie_name(workbench.port), workbench.keys.cookie, httponly=True, samesite="strict", path="/")
    return response


def no_access(workbench: Workbench) -> Response:
    """The page for a browser that has no key."""
    with written_in(workbench.language):
        text = refusal(
            _("This browser has no access yet"),
            [_("Open the address that gguplan serve prints: it lets this browser in, until the workbench ends.")],
        )
    return HTMLResponse(text, status_code=401)


def page(workbench: Workbench, query: str) -> Response:
    """The whole page of an address."""
    with written_in(workbench.language):
        try:
            state = state_at(query, workbench.start.variants[0].base)
        except InputError as error:
            return _no_page(error.findings)
    with written_in(state.language):
        try:
            return HTMLResponse(page_of(workbench.bench.answer(state), workbench.bench, workbench.folder is not None))
        except InputError as error:
            return _no_page(error.findings)


def act(workbench: Workbench, body: bytes) -> Response:
    """One act: the state after it, and the parts of the page that are others then."""

    def done(request: ActRequest, state: State) -> Response:
        state = after(act_of(request), state, workbench.bench)
        answer = workbench.bench.answer(state)
        fragments = fragments_of(answer, workbench.bench)
        brief, map_now = map_in_brief(answer)
        known = {**digests(fragments), "map": brief}
        workbench.unsaved.note(request.tab, state)
        return JSONResponse(
            {
                "address": address_of(state),
                "population": population_mark(answer),
                "title": title_of(answer),
                "fragments": {name: text for name, text in fragments.items() if request.known.get(name) != known[name]},
                "known": known,
                "chosen": state.municipality,
                "map": map_now if request.known.get("map") != brief else None,
            }
        )

    return _replied(workbench, body, ActRequest, done)


def superseded() -> Response:
    """To a change that was not worked out, because a later one of the same tab came before its turn."""
    return JSONResponse({"superseded": True})


def save(workbench: Workbench, body: bytes) -> Response:
    """What is worked on as a scenario file: its text, or where it was written."""

    def done(request: SaveRequest, state: State) -> Response:
        folder = workbench.folder if request.name is not None else None
        text = text_of(state, workbench.bench, request.title, request.source, folder)
        bases, base = workbench.bench.bases, state.variant.base
        apart = "" if bases.is_in(base, folder) else _("It extends {file}: put the two in one folder.", file=base)
        written = apart
        name = scenario_file_name(request.title)
        if request.name is not None and workbench.folder is not None:
            file = write(workbench.folder, request.name or name, text, request.overwrite)
            if not apart:
                workbench.bench.bases.add(file.name, file)
            written = " ".join(filter(None, [_("Saved: {file}", file=file.name), apart]))
        workbench.unsaved.note(request.tab, state, saved=True)
        return JSONResponse({"text": text, "written": written, "name": name})

    return _replied(workbench, body, SaveRequest, done)


def begin(workbench: Workbench, body: bytes) -> Response:
    """A long answer is begun."""

    def done(request: LongRequest, state: State) -> Response:
        job = workbench.jobs.begin(task_of(request.kind, state, workbench.bench, request.vary))
        return JSONResponse({"job": job.identifier})

    return _replied(workbench, body, LongRequest, done)


def stop(workbench: Workbench, body: bytes) -> Response:
    """A long answer is stopped."""
    with written_in(workbench.language):
        try:
            workbench.jobs.stop(request_in(body, StopRequest).job)
        except InputError as error:
            return _not_done(error.findings)
    return JSONResponse({})


def job(workbench: Workbench, identifier: str) -> Response:
    """How a long answer stands."""
    begun = workbench.jobs.get(identifier)
    return Response(status_code=404) if begun is None else JSONResponse(standing_of(begun))


def part_of_a_job(workbench: Workbench, identifier: str, part: str) -> Response:
    """A picture of a long answer, or the file that it made."""
    begun = workbench.jobs.get(identifier)
    outcome = None if begun is None else begun.outcome
    if not isinstance(outcome, Done):
        return Response(status_code=404)
    if part == "file" and outcome.file is not None:
        name, content = outcome.file
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(content, media_type="application/zip", headers=headers)
    pictures = {f"{number}.svg": picture.svg for number, picture in enumerate(outcome.pictures)}
    return Response(pictures[part], media_type="image/svg+xml") if part in pictures else Response(status_code=404)


Asked = TypeVar("Asked", ActRequest, SaveRequest, LongRequest)


def _replied(
    workbench: Workbench, body: bytes, kind: type[Asked], done: Callable[[Asked, State], Response]
) -> Response:
    """What `done` makes of a request and its state, in the language of that; else what is wrong."""
    with written_in(workbench.language):
        try:
            request = request_in(body, kind)
            state = state_at(request.address, workbench.start.variants[0].base)
        except InputError as error:
            return _not_done(error.findings)
    with written_in(state.language):
        try:
            return done(request, state)
        except InputError as error:
            return _not_done(error.findings)


def _no_page(findings: Sequence[Finding]) -> Response:
    paragraphs = [f"{finding.place.file}: {finding.what} {finding.remedy}" for finding in findings]
    return HTMLResponse(refusal(_("This cannot be shown"), paragraphs, _("Start again")), status_code=400)


def _not_done(findings: Sequence[Finding]) -> Response:
    texts = [f"{finding.what} {finding.remedy}" for finding in findings]
    return JSONResponse({"findings": texts, "places": [finding.place.file for finding in findings]}, status_code=400)
