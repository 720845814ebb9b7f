"""What stands on the workbench besides figures and levers, in the language of the moment."""

from __future__ import annotations

from gguplan.language import _
from gguplan.workbench.long.task import Product, Question


def texts_of_the_page() -> dict[str, str]:
    """The texts of the templates, by name."""
    return {
        "name": _("gguplan workbench"),
        "skip_levers": _("To the levers"),
        "skip_answers": _("To the figures"),
        "levers": _("What you can change"),
        "on_paper": _("What was changed"),
        "answers": _("What it does for whom"),
        "scenarios": _("Scenarios side by side"),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "all_back": _("Take all changes back"),
        "other_language": _("Nederlands"),
        
        "baseline": _("Baseline"),
        "change": _("Change"),
        "this_scenario": _("This scenario"),
        "the_fund": _("The fund"),
        "own": _("One municipality"),
        "own_or_body": _("One municipality or other body"),
        "municipality": _("Municipality"),
        "municipality_hint": _("Type a name or a CBS code, or choose one on the map."),
        "show": _("Show"),
        "bill_of": _("The bill of {name}"),
        "to_pay": _("to pay"),
        "programme": _("programme"),
        "rate": _("per inhabitant"),
        "show_sum": _("The whole sum"),
        "hide_sum": _("Close the sum"),
        "take_back": _("Take back"),
        "more_of_it": _("More of this programme"),
        "new": _("new"),
        "take_out": _("Take out"),
        "new_programme": _("Add a programme"),
        "budget_with_vat": _("Budget including VAT, in euros"),
        "vat": _("VAT"),
        "source_of_the_amount": _("Where does the amount come from?"),
        "name_of_a_new_group": _("Name of a new group"),
        "first_in_the_group": _("The first in it: a municipality or a province"),
        "is_not_there": _("not stated"),
        "add": _("Add"),
        "add_one": _("Add one"),
        "may_be_empty": _("may be empty"),
        "add_for": _("For which programme"),
        "remove": _("Take {name} out"),
        "add_name": _("Add a municipality, a group or a province"),
        "add_word": _("Add a name"),
        "no_changes": _("No changes yet. What you change is marked, with what it was."),
        "stopped": _(
            "The workbench does not answer. Start it again with gguplan serve: this page then goes on where it was."
        ),
        "again": _(
            "The workbench was started again. Open the address that it prints: this page then goes on where it was."
        ),
        "untaken": _("What you changed since is marked; it is taken as soon as it answers."),
        "wrong": _("Not done: {what}"),
        "refused": _("the server cannot read this; a file must be a scenario of less than a million bytes."),
        "nothing": _("nothing"),
        "who_pays": _("Who pays more, who pays less"),
        "largest": _("The largest effects"),
        "effect": _("effect"),
        "municipalities": _("municipalities"),
        "map": _("Map"),
        "map_does": _("A click on the map"),
        "map_shows": _("shows the bill"),
        "map_puts_out": _("{title}: puts outside, or back in"),
        "map_area": _("{name}: {rate} per inhabitant, {effect}"),
        "map_same": _("no change"),
        "scenario": _("scenario"),
        "available": _("to spend, without VAT"),
        "pay_more": _("pay more"),
        "pay_less": _("pay less"),
        "close": _("Close"),
        "copy_beside": _("Copy it, and change the copy"),
        "start_from": _("Start from"),
        "change_it": _("Take this one"),
        "command_line": _("The command line that does the same"),
        "command_line_about": _("With these commands anybody gets the same figures, to the cent."),
        "copy": _("Copy"),
        "copied": _("Copied."),
        "long": _("Answers that take longer"),
        "long_about": _("They are worked out beside the page, which stays quick, and can be stopped."),
        "work_out": _("Work out"),
        "vary": _("What varies, one on each line, as path=low:high:steps or path=a,b,c"),
        "stop": _("Stop"),
        "remove_answer": _("Remove"),
        "progress": _("{done} of {total}"),
        "busy": _("Being worked out…"),
        "waits": _("It waits until another is ready."),
        "gone": _("The workbench has this answer no longer. Ask for it again."),
        "earlier": _("Of the scenario as it was before later changes."),
        "ready": _("Ready."),
        "no_day": _("This day is not complete. Write day, month and year, or empty all three."),
        "save": _("Save and take along"),
        "save_about": _("A scenario file that extends its base and holds only what was changed."),
        "title": _("Title"),
        "source": _("Where do the changes come from?"),
        "source_hint": _(
            "Such as: proposal of the working group, 3 June. It stands with every figure that was changed."
        ),
        "download_scenario": _("Download the scenario"),
        "file_name": _("Name of the file"),
        "file_name_about": _("Empty: it is called after its title."),
        "save_here": _("Save it in the folder"),
        "overwrite": _("Overwrite a file of that name"),
        "open_file": _("Open a scenario that was saved"),
        "take_along": _("With the record of the run, which gguplan verify goes through:"),
    }  # fmt: skip


def texts_of_the_script() -> dict[str, str]:
    """The texts that the script writes by itself."""
    texts = texts_of_the_page()
    names = (
        "stopped", "again", "untaken", "wrong", "refused", "map_shows", "map_puts_out", "map_area", "map_same",
        "copied", "no_day", "stop", "remove_answer", "progress", "busy", "earlier", "ready",
        "waits", "gone",
    )  # fmt: skip
    return {name: texts[name] for name in names}


def long_questions() -> dict[Question, str]:
    """The long answers, by what is asked of them."""
    return {
        "spending": _("What will be spent, and what is left over"),
        "years": _("The years ahead"),
        "collapse": _("Who leaves, and the chance that it collapses"),
        "sweep": _("What drives the result: a sweep with its tornado"),
    }


def vat_in_words() -> dict[str, str]:
    """What may be said of the VAT of a new programme, by its word."""
    return {"21%": _("21 % is in the budget"), "none": _("none is in the budget")}


def products() -> dict[Product, str]:
    """The files to take along."""
    return {
        "proposal": _("Proposal (Word)"),
        "workbook": _("Workbook (Excel)"),
        "effects": _("Who pays more and less (Excel)"),
        "page": _("Page for municipalities (HTML)"),
        "tables": _("Tables (CSV)"),
    }
