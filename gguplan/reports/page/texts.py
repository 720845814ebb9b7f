"""What the page says, in the language of the moment; the sum is said in the words of the model's explanation."""

from __future__ import annotations

from decimal import Decimal

from gguplan.fund.municipalities import Population
from gguplan.language import _
from gguplan.wording.amounts import format_euros, format_number
from gguplan.wording.bodies import code_heading, payer_heading
from gguplan.wording.population import counter_in_words


def number_forms() -> dict[str, str]:
    """How the page's script writes amounts: as `gguplan.money` does."""
    zero, minus_one = format_euros(0), format_euros(-100)
    mark = format_number(Decimal("0.5"))[1]
    return {
        "group": format_number(1000)[1],
        "mark": mark,
        "euros": zero.replace(f"0{mark}00", "{n}"),
        "minus": minus_one.replace(f"1{mark}00", "{n}"),
    }


def texts_of_the_sum() -> dict[str, str]:
    """The sentences of a sum with their places for values: the same as in ``gguplan explain``."""
    return {
        "division": _("{total} × {weight} ÷ {weights} = {exact}"),
        "whole": _("whole cents: {total} × {weight} ÷ {weights} = {whole}, remainder {remainder}"),
        "gets": _("number {rank} of {count} in the queue by largest remainder: one cent more"),
        "gets_none": _("number {rank} of {count} in the queue by largest remainder: no cent"),
        "part": _("part: {amount}"),
        "vat": _("of which VAT: {amount} × {percent} ÷ {whole} = {vat}"),
        "vat_together": _("of which VAT: {vat}, that of these bills together"),
    }


def texts_of_the_script() -> dict[str, str]:
    """Every other text that the page's script writes."""
    return {
        "found_none": _("No municipality found. Write the name or the CBS code, such as Utrecht or GM0344."),
        "suggested": _("No municipality is called so. Did you mean one of these?"),
        "found_one": _("1 municipality found. Press Enter to choose it."),
        "found_many": _("{count} municipalities found. Choose with the arrow keys and Enter."),
        "also": _("also known as {name}"),
        "was": _("{name} is part of it since {year}"),
        "divided": _("a part of {name} is part of it since {year}"),
        "later": _("part of {name} since {year}"),
        "unknown": _("There is no municipality {code} on this page."),
        "place": _("{code}, province of {province}"),
        "body": _("{code} {kind}, without inhabitants"),
        "inhabitants": _("{count} inhabitants"),
        "per_inhabitant": _("{amount} per inhabitant"),
        "gone": _("{title} (not in this scenario)"),
        "more": _("{amount} more than in {baseline}"),
        "less": _("{amount} less than in {baseline}"),
        "other_dates": _("The reference date is an assumption. Over the inhabitants {parts}."),
        "date_more": _("of 1 January {year} it is {amount} more"),
        "date_less": _("of 1 January {year} it is {amount} less"),
        "date_same": _("of 1 January {year} it is the same"),
        "same": _("the same as in {baseline}"),
        "show_sum": _("The whole sum"),
        "sum_of": _("the whole sum of {title}"),
        "total": _("Total"),
        "only_one": _("{name} is the only municipality of this size ({size} inhabitants)."),
        "standing": _(
            "Of the other {count} municipalities with {size} inhabitants, {more} pay more per inhabitant, {same} the "
            "same and {less} less."
        ),
        "effect_standing": _(
            "Of the other {count} municipalities with {size} inhabitants, the change per inhabitant is higher in "
            "{more}, the same in {same} and lower in {less}."
        ),
        "standing_same": _("All other {count} municipalities with {size} inhabitants pay the same per inhabitant."),
        "effect_standing_same": _(
            "In all other {count} municipalities with {size} inhabitants the change per inhabitant is the same."
        ),
        "so_many_to_a_cent": _("{count} municipalities, to a cent"),
        "lowest_and_highest": _("Lowest: {lowest} ({low_name}). Highest: {highest} ({high_name})."),
        "copied": _("The link to this bill has been copied."),
        "chosen": _("{name} pays {amount} for {title}."),
        "shown": _("{count} of {all} municipalities shown."),
        "page_title": _("{name} – {title}"),
        "map_shows": _("Map of the Netherlands. {what}: {classes}. The same figures are in the table below."),
        "map_class": _("{label} ({count})"),
        "file_name": _("bill"),
        "file_name_all": _("all-municipalities"),
        "municipality": _("Municipality"),
        "code": _("CBS code"),
        "province": _("Province"),
        "scenario": _("Scenario"),
        "programme": _("Programme"),
        "number_of_inhabitants": _("Inhabitants"),
        "contribution": _("Contribution"),
        "refund": _("Refund"),
        "to_pay": _("To pay"),
        "net": _("Without VAT"),
        "vat": _("VAT"),
        "rate": _("Per inhabitant"),
        "effect": _("Change"),
        "sum": _("Sum"),
    }


def texts_of_the_page() -> dict[str, str]:
    """The texts of the page that stand there without the script."""
    return {
        "question": _("What does my municipality pay?"),
        "skip": _("Skip to the content"),
        "lead": _(
            "Municipalities pay together for what none of them should build alone. Here you see what yours pays, for "
            "what, and the sum behind it."
        ),
        "search": _("Find your municipality"),
        "search_label": _("Name or CBS code"),
        "search_hint": _("For example Utrecht, Den Bosch or GM0344. Former municipalities can be found too."),
        "search_button": _("Show the bill"),
        "hits": _("Municipalities found"),
        "no_script": _(
            "Your browser does not run the script of this page. What every municipality pays is in the table below."
        ),
        "choose_scenario": _("Choose a scenario"),
        "to_pay": _("To pay"),
        "print": _("Print"),
        "download": _("Download as CSV"),
        "copy": _("Copy the link"),
        "beside": _("The scenarios beside each other"),
        "by_programme": _("What for, and the sum behind it"),
        "by_programme_scroll": _("The bill by programme"),
        "ahead": _("The years ahead"),
        "ahead_note": _(
            "What is expected, including VAT: budgets and inhabitants of later years are not known yet, so in eight "
            "of ten cases it lies between the two amounts behind it."
        ),
        "year": _("Year"),
        "between": _("80 % between"),
        "and": _("and"),
        "standing": _("Among municipalities of this size"),
        "map": _("On the map"),
        "map_hint": _("Choose a municipality on the map, in the search box or in the table."),
        "map_year": _("Boundaries of {year}."),
        "map_alike": _("It is the same everywhere, to a cent: one colour."),
        "map_divided": _("Grey areas belong to more than one municipality."),
        "changes": _("What changes for everybody"),
        "every": _("All municipalities"),
        "filter": _("Show only names or provinces with"),
        "download_all": _("Download the table as CSV"),
        "municipality": _("Municipality"),
        "province": _("Province"),
        "inhabitants": _("Inhabitants"),
        "scenario": _("Scenario"),
        "programme": _("Programme"),
        "net": _("Without VAT"),
        "vat": _("VAT"),
        "rate": _("Per inhabitant"),
        "effect": _("Change"),
        "effect_rate": _("Change per inhabitant"),
        "budget": _("Budget including VAT"),
        "outside": _("Outside it"),
        "source": _("Source"),
        "total": _("Total"),
        "about": _("What is divided, and how"),
        "how": _(
            "Each budget is divided to the cent. Everybody gets the whole cents of its share; the cents that are left "
            "over go to the largest remainders. So all parts together are exactly the budget."
        ),
        "rounded": _("Amounts per inhabitant are rounded; what is to be paid is not."),
    }


def made_with(version: str, population: Population) -> str:
    """With what the page was made, of which counts and which boundaries."""
    return _(
        "Made with gguplan {version}. Inhabitants: {sources}. Boundaries: CBS and Kadaster, CC BY 4.0.",
        version=version,
        sources=counter_in_words(population.source).rstrip("."),
    )


def texts_of_the_fund(population: Population) -> dict[str, str]:
    """The texts that are other ones for some funds: of which others than municipalities pay, and of members."""
    if not population.bodies:
        return _examples_of(population)
    return _examples_of(population) | {
        "municipality": payer_heading(population),
        "code": code_heading(population),
        "every": _("All municipalities and other bodies"),
    }


def _examples_of(population: Population) -> dict[str, str]:
    """The texts with an example of a municipality, for a fund with members: the largest of them; empty for that of all
    municipalities, whose examples stand in the texts."""
    if population.country is None:
        return {}
    largest = max(population.without_bodies, key=lambda municipality: municipality.inhabitants)
    name, code = largest.name, largest.gm_code
    return {
        "search_hint": _("For example {name} or {code}. Former municipalities can be found too.", name=name, code=code),
        "found_none": _(
            "No municipality found. Write the name or the CBS code, such as {name} or {code}.", name=name, code=code
        ),
    }
