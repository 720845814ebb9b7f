"""The lines of the sum behind a bill, in sentences."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from gguplan.fund.adjustment_steps import (
    CappedShares,
    CompensatedLoss,
    CoveredAmount,
    HeldByCap,
    OldAmount,
    OldAmountScaled,
    PaysCompensation,
    PhasedIn,
    RoundedAmount,
    RoundingLeft,
    SharesTheRest,
)
from gguplan.fund.allocation_keys import InColumn, PaidByEach, Weighing
from gguplan.fund.steps import (
    AmountAgreed,
    AmountOfStep,
    BeforeCascade,
    CentsLeftOver,
    CountedWhere,
    CountOfItsOwn,
    DerivedFrom,
    EndOfCents,
    FixedAmount,
    FromSource,
    GrossBudgetLine,
    GrownBudget,
    IncomeLine,
    IndexOfAYear,
    InhabitantsCounted,
    InhabitantsOfYear,
    JoinsOrLeaves,
    Lapsed,
    LeavesByCascade,
    Line,
    NetBudgetLine,
    NoInhabitants,
    NoLongerPaid,
    NoMemberOfTheProgramme,
    NotDivided,
    NotInvoiced,
    OrderOfQueue,
    OutsideForDays,
    OutsideTheWholeYear,
    OwnShareRealised,
    Part,
    PlaceInQueue,
    PortionOfMix,
    PredecessorBill,
    PrintedElsewhere,
    ProductsTaken,
    ProgrammeBill,
    ProjectedShare,
    ProjectedTotal,
    RaisedForShortfall,
    RateBudgetLine,
    RealisedAsPublished,
    ReferenceDate,
    RefundOfPartLine,
    RefundOfRateLine,
    Remark,
    ReserveLine,
    Share,
    ShareAgreed,
    Tariff,
    TariffBudgetLine,
    TariffInCents,
    TariffOfBracket,
    ToDivide,
    VatWithin,
    VolumeBudgetLine,
    WeighsNothing,
    WeightForDays,
    WeightOfColumn,
    WeightsTogether,
    WholeBill,
    WholeCents,
    WithoutVat,
)
from gguplan.fund.years_ahead import PERCENT_UNITS, BudgetGrowth, IndexParts
from gguplan.language import _, plural
from gguplan.wording.adjustment_steps import adjustment_line_in_words
from gguplan.wording.allocation_keys import key_in_words
from gguplan.wording.amounts import (
    euro_sign,
    format_about,
    format_euros,
    format_number,
    format_price,
    format_rate,
    format_share,
)
from gguplan.wording.bills import bill_in_a_sentence
from gguplan.wording.bodies import kind_in_words
from gguplan.wording.cascades import cascade_in_words, leaving_in_a_sum
from gguplan.wording.ledger import in_language
from gguplan.wording.other_dates import reason_in_words
from gguplan.wording.population import source_in_words, status_in_words
from gguplan.wording.shortlist import shortlist
from gguplan.wording.sources import stated_source
from gguplan.wording.thresholds import threshold_in_words


def line_in_words(line: Line) -> str:
    """What a line of a sum says, as one line of text."""
    match line:
        case WholeBill(title, municipality, cents):
            return _("{title}: {pays}", title=title, pays=bill_in_a_sentence(municipality, cents))
        case ProgrammeBill(title, cents):
            return f"{title}: {format_euros(cents)}"
        case PredecessorBill():
            return _predecessor(line)
        case InhabitantsCounted(inhabitants, total, year, status):
            return _(
                "{inhabitants} inhabitants of {total} on 1 January {year} ({status})",
                inhabitants=format_number(inhabitants),
                total=format_number(total),
                year=year,
                status=status_in_words(status),
            )
        case NoInhabitants(kind, total, year, status):
            return _(
                "{kind}, without inhabitants: it pays what is agreed; the municipalities have {total} on 1 January "
                "{year} ({status})",
                kind=kind_in_words(kind),
                total=format_number(total),
                year=year,
                status=status_in_words(status),
            )
        case CountedWhere(source):
            return source_in_words(source)
        case ReferenceDate(reason):
            return _("reference date: {why}", why=reason_in_words(reason))
        case VatWithin(amount, percent, vat):
            return _(
                "of which VAT: {amount} × {percent} ÷ {whole} = {vat}",
                amount=format_euros(amount),
                percent=percent,
                whole=100 + percent,
                vat=format_euros(vat),
            )
        case GrossBudgetLine(gross):
            return _("budget: {gross}", gross=format_euros(gross))
        case NetBudgetLine(net, percent, gross):
            return _(
                "budget: {net} × {factor} = {gross} including VAT",
                net=format_euros(net),
                factor=_vat_factor(percent),
                gross=format_euros(gross),
            )
        case RateBudgetLine(rate, inhabitants, gross):
            return _(
                "budget: {rate} × {inhabitants} inhabitants = {gross}",
                rate=format_rate(rate),
                inhabitants=format_number(inhabitants),
                gross=format_euros(gross),
            )
        case VolumeBudgetLine(fixed, volume, price, net):
            amounts = {"volume": format_number(volume), "price": format_price(price), "net": format_euros(net)}
            if fixed:
                return _("{fixed} + {volume} × {price} = {net}", fixed=format_euros(fixed), **amounts)
            return _("{volume} × {price} = {net}", **amounts)
        case TariffBudgetLine(gross, paid):
            return _paid_together(paid, format_euros(gross))
        case IncomeLine(payer, cents):
            return _("income from {payer}: {amount}", payer=payer, amount=format_euros(cents))
        case ReserveLine(what, cents):
            return _("from the balance of the fund, {what}: {amount}", what=what, amount=format_euros(cents))
        case ToDivide():
            return _to_divide(line)
        case (
            CompensatedLoss()
            | CoveredAmount()
            | HeldByCap()
            | OldAmount()
            | OldAmountScaled()
            | PaysCompensation()
            | PhasedIn()
            | RoundedAmount()
            | RoundingLeft()
            | SharesTheRest()
            | CappedShares()
        ):
            return adjustment_line_in_words(line)
        case WithoutVat(gross, percent, net):
            return _(
                "without VAT: {gross} ÷ {factor} = {net}",
                gross=format_euros(gross),
                factor=_vat_factor(percent),
                net=format_euros(net),
            )
        case FromSource(source):
            return _("source: {source}", source=stated_source(source))
        case Remark(text):
            return in_language(text)
        case DerivedFrom():
            return _derived(line)
        case PrintedElsewhere(printed, document, section):
            return _(
                "printed elsewhere: {printed} ({document}, {section})",
                printed=printed or _("nothing"),
                document=document,
                section=section,
            )
        case RealisedAsPublished():
            return _realised(line)
        case OwnShareRealised(name, paid, realised, net, share):
            return _(
                "of what {name} pays of it, without VAT: {paid} × {realised} ÷ {budget} = {share} spent",
                name=name,
                paid=format_euros(paid),
                realised=format_euros(realised),
                budget=format_euros(net),
                share=format_euros(share),
            )
        case NotDivided():
            return _("not divided: nobody is invoiced")
        case NoMemberOfTheProgramme():
            return _("no member of this programme: pays nothing, its members pay the whole budget")
        case OutsideTheWholeYear():
            return _("outside this programme: pays nothing, the others pay the whole budget")
        case ProjectedTotal(counted_year, counted, growth, years, total):
            return _(
                "all inhabitants: {counted} on 1 January {counted_year} × {growth} a year up to {year} = {total}",
                counted=format_number(counted),
                counted_year=counted_year,
                growth=format_number(Decimal(growth) / 1_000_000),
                year=counted_year + years,
                total=format_number(total),
            )
        case ProjectedShare(counted_year, counted, counted_share, share, total, inhabitants):
            return _(
                "share of them: {counted} is {counted_share} % on 1 January {year}; projected {share} % × {total} = "
                "{inhabitants}",
                counted=format_number(counted),
                counted_share=format_number(Decimal(counted_share) / 1_000_000),
                year=counted_year,
                share=format_number(Decimal(share) / 1_000_000),
                total=format_number(total),
                inhabitants=format_number(inhabitants),
            )
        case GrownBudget(growth):
            return _grown(growth)
        case IndexOfAYear(parts):
            return _index(parts)
        case NoLongerPaid(title, to, budget, paid, received):
            return _(
                "{title}, which {to} has: {paid} no longer paid; its part of {budget}, {received}, no longer received",
                title=title,
                to=to,
                paid=format_euros(paid),
                budget=format_euros(budget),
                received=format_euros(received),
            )
        case RaisedForShortfall(title, cents):
            return _(
                "on top, for a shortfall of the year before: {title} {amount}", title=title, amount=format_euros(cents)
            )
        case WeighsNothing():
            return _("a weight of 0: nothing of what is divided falls to it")
        case FixedAmount():
            return _fixed(line)
        case WeightForDays():
            return _weight_for_days(line)
        case CountOfItsOwn(inhabitants, year, meant):
            own_count = _(
                "{inhabitants} inhabitants on 1 January {year}, the day that counts for this",
                inhabitants=format_number(inhabitants),
                year=year,
            )
            if meant == year:
                return own_count
            return own_count + " " + _("(that of {wanted} is not there yet: the latest is taken)", wanted=meant)
        case WeightOfColumn(weight, column, file):
            return _(
                "weight: {weight} (column {column} of {file})", weight=format_number(weight), column=column, file=file
            )
        case Tariff(tariff):
            return _("tariff: {tariff}", tariff=format_rate(tariff))
        case TariffInCents(inhabitants, rate, cents):
            return _(
                "tariff: {count} inhabitants × {rate} = {amount}, in whole cents, half a cent up",
                count=format_number(inhabitants),
                rate=format_rate(rate),
                amount=format_euros(cents),
            )
        case ShareAgreed(part, whole, stands):
            return _("share: {share}", share=format_share(Fraction(part, whole))) + _where(stands)
        case AmountAgreed(cents, stands):
            return _("amount: {amount}", amount=format_euros(cents)) + _where(stands)
        case ProductsTaken():
            return _products(line) + _where(line.stands)
        case AmountOfStep():
            return _step_amount(line)
        case TariffOfBracket(inhabitants, rate):
            return _(
                "{count} inhabitants × {rate} = {tariff}",
                count=format_number(inhabitants),
                rate=format_rate(rate),
                tariff=format_rate(inhabitants * rate),
            )
        case WeightsTogether():
            return _weights_together(line)
        case PortionOfMix(together, share, whole, portion, key, cents):
            return _(
                "{share} of {together} is divided by {key}: {portion}; of that {amount}",
                share=format_share(Fraction(share, whole)),
                together=format_euros(together),
                key=key_in_words(key),
                portion=format_euros(portion),
                amount=format_euros(cents),
            )
        case Share(total, weight, weights, weighing):
            return _(
                "{total} × {weight} ÷ {weights} = {exact}",
                total=format_euros(total),
                weight=_weight(weighing, weight),
                weights=_weight(weighing, weights),
                exact=_exact(total, weight, weights),
            )
        case WholeCents(total, weight, weights, whole, remainder):
            return _(
                "whole cents: {total} × {weight} ÷ {weights} = {whole}, remainder {remainder}",
                total=total,
                weight=weight,
                weights=weights,
                whole=whole,
                remainder=remainder,
            )
        case CentsLeftOver(total, whole, left_over):
            return plural(
                "all whole cents together are {whole}; {count} cent of {total} is left over",
                "all whole cents together are {whole}; {count} cents of {total} are left over",
                left_over,
                whole=whole,
                total=total,
            )
        case PlaceInQueue(rank, queue, gets_a_cent):
            if gets_a_cent:
                return _(
                    "number {rank} of {count} in the queue by largest remainder: one cent more", rank=rank, count=queue
                )
            return _("number {rank} of {count} in the queue by largest remainder: no cent", rank=rank, count=queue)
        case EndOfCents(last, remainder, first_without, remainder_without):
            return _(
                "the last to get one is {name} (remainder {remainder}), the first without is {other} "
                "(remainder {other_remainder})",
                name=last,
                remainder=remainder,
                other=first_without,
                other_remainder=remainder_without,
            )
        case OrderOfQueue():
            return _("equal remainders: the larger weight goes first, then the lower CBS code")
        case Part(cents):
            return _("part: {amount}", amount=format_euros(cents))
        case OutsideForDays(days, days_in_year):
            return _("outside this programme on {days} of {year} days", days=days, year=days_in_year)
        case RefundOfRateLine(rate, inhabitants, days, days_in_year, refund):
            return _(
                "outside this programme: gets back {rate} × {inhabitants} inhabitants{part} = {refund}",
                rate=format_rate(rate),
                inhabitants=format_number(inhabitants),
                part=_of_days(days, days_in_year),
                refund=format_euros(refund),
            )
        case RefundOfPartLine():
            return _refund_of_part(line)
        case NotInvoiced():
            return _not_invoiced(line)
        case JoinsOrLeaves(joins, leaves):
            if joins is None:
                return _("leaves on {day}", day=leaves)
            if leaves is None:
                return _("joins on {day}", day=joins)
            return _("joins on {joins}, leaves on {leaves}", joins=joins, leaves=leaves)
        case InhabitantsOfYear(year):
            return _("inhabitants on 1 January {year}", year=year)
        case Lapsed(outcome, lapse, cents):
            return f"{threshold_in_words(outcome, lapse)} → {format_euros(cents)}"
        case BeforeCascade(cascade):
            return cascade_in_words(cascade)
        case LeavesByCascade(title, drawn, number, rate):
            return leaving_in_a_sum(title, drawn, number, rate)
        case _:
            assert_never(line)


def _predecessor(line: PredecessorBill) -> str:
    municipality = line.municipality
    if line.persons == municipality.inhabitants:
        return _(
            "{name} ({code}): {amount}",
            name=municipality.name,
            code=municipality.gm_code,
            amount=format_euros(line.bill),
        )
    return _(
        "{name} ({code}): {part} of {amount}, for {persons} of its {inhabitants} inhabitants",
        name=municipality.name,
        code=municipality.gm_code,
        part=format_euros(line.part),
        amount=format_euros(line.bill),
        persons=format_number(line.persons),
        inhabitants=format_number(municipality.inhabitants),
    )


def _grown(growth: BudgetGrowth) -> str:
    """The budget that is stated times the indexation of every year since, and what is budgeted once."""
    factors = "".join(
        f" × {format_number(1 + Decimal(percent) / (100 * PERCENT_UNITS))} ({year})"
        for year, percent in growth.percents
    )
    if growth.rates is not None:
        stated, risen = growth.rates
        return _(
            "tariff of {year}: {stated} per inhabitant{factors} = {risen}, in hundredths of a cent, half of one up",
            year=growth.since,
            stated=format_rate(stated),
            factors=factors,
            risen=format_rate(risen),
        )
    once = f" + {format_euros(growth.once)}" if growth.once else ""
    return _(
        "budget of {year}: {stated}{factors}{once} = {whole}",
        year=growth.since,
        stated=format_euros(growth.stated),
        factors=factors,
        once=once,
        whole=format_euros(growth.whole),
    )


def _paid_together(paid: PaidByEach, gross: str) -> str:
    match paid:
        case "tariffs":
            return _("budget: all tariffs together, {gross}", gross=gross)
        case "amounts":
            return _("budget: all amounts together, {gross}", gross=gross)
        case "products":
            return _("budget: all products together, {gross}", gross=gross)
        case _:
            assert_never(paid)


def _where(stands: InColumn | None) -> str:
    """Where a value stands; nothing when that is the scenario itself."""
    return "" if stands is None else " " + _("(column {column} of {file})", column=stands.column, file=stands.file)


def _products(line: ProductsTaken) -> str:
    values = {
        "units": format_number(Decimal(line.units) / line.parts),
        "price": format_price(line.price),
        "amount": format_euros(line.cents),
    }
    if line.years == 1:
        return _("products: {units} × {price} = {amount}, in whole cents, half a cent up", **values)
    return _(
        "products: {units} in {years} years ÷ {years} × {price} = {amount}, in whole cents, half a cent up",
        years=line.years,
        **values,
    )


def _step_amount(line: AmountOfStep) -> str:
    values = {
        "count": format_number(line.inhabitants),
        "above": format_number(line.above),
        "amount": format_euros(line.cents),
    }
    if line.up_to is None:
        return _("amount of the class above {above} inhabitants ({count}): {amount}", **values)
    up_to = format_number(line.up_to)
    if not line.above:
        return _("amount of the class up to {up_to} inhabitants ({count}): {amount}", up_to=up_to, **values)
    return _("amount of the class above {above} up to {up_to} inhabitants ({count}): {amount}", up_to=up_to, **values)


def _index(parts: IndexParts) -> str:
    """What the indexation of a year is made of."""
    values = {"year": parts.year, "percent": _percent(parts.percent), "correction": _percent(abs(parts.correction))}
    mixed = _percent(parts.stated)
    if parts.wages is not None and parts.prices is not None:
        many_wages, many_prices = parts.parts
        mixed = _(
            "({many_wages} × {wages} for wages + {many_prices} × {prices} for prices) ÷ {together}",
            many_wages=many_wages,
            wages=_percent(parts.wages),
            many_prices=many_prices,
            prices=_percent(parts.prices),
            together=many_wages + many_prices,
        )
    if parts.correction > 0:
        return _("{year}: {mixed} + {correction} for past years = {percent}", mixed=mixed, **values)
    if parts.correction < 0:
        return _("{year}: {mixed} − {correction} for past years = {percent}", mixed=mixed, **values)
    return _("{year}: {mixed} = {percent}", mixed=mixed, **values)


def _percent(units: int) -> str:
    """A percentage in ten-thousandths of a per cent."""
    return f"{format_number(Decimal(units) / PERCENT_UNITS)} %"


def _fixed(line: FixedAmount) -> str:
    rest = format_euros(line.rest)
    if line.days < line.days_in_year:
        return _(
            "fixed amount: {whole} × {days} ÷ {year} = {fixed}; {rest} is left to divide",
            whole=format_euros(line.whole),
            days=line.days,
            year=line.days_in_year,
            fixed=format_euros(line.fixed),
            rest=rest,
        )
    if line.municipalities is None:
        return _(
            "fixed amount: {fixed} for a whole year; {rest} is left to divide",
            fixed=format_euros(line.fixed),
            rest=rest,
        )
    return _(
        "fixed amount: {fixed} for each of {count} municipalities; {rest} is left to divide",
        fixed=format_euros(line.fixed),
        count=line.municipalities,
        rest=rest,
    )


def _weight_for_days(line: WeightForDays) -> str:
    values = {
        "days": line.days,
        "year": line.days_in_year,
        "weight": _weight(line.weighing, line.weight),
        "part": _pieces(line),
        "together": _weight(line.weighing, line.weight * line.pieces),
    }
    if line.days == line.days_in_year:
        return _("takes part the whole year: {weight} × {part} = {together}", **values)
    if line.takes_part:
        return _("takes part on {days} of {year} days: {weight} × {part} = {together}", **values)
    return _("is weighed for {days} of {year} days: {weight} × {part} = {together}", **values)


def _pieces(line: WeightForDays) -> str:
    """The days that are weighed, or as many equal pieces of some days: the year is cut into as few as can be."""
    length = line.days // max(line.pieces, 1)
    if length == 1:
        return plural("{count} day", "{count} days", line.pieces)
    return plural("{count} piece of {days} days", "{count} pieces of {days} days", line.pieces, days=length)


def _weights_together(line: WeightsTogether) -> str:
    values = {
        "weights": _weight(line.weighing, line.weights),
        "names": shortlist(line.names),
        "payers": plural("{count} member", "{count} members", line.payers)
        if line.bodies
        else plural("{count} municipality", "{count} municipalities", line.payers),
    }
    if not line.names:
        return plural(
            "together: {weights} of the {payers} that pays this programme",
            "together: {weights} of the {payers} that pay this programme",
            line.payers,
            **values,
        )
    if not line.whole_year:
        return _("together: {weights} of {payers}; not the whole year: {names}", **values)
    match line.weighing:
        case "tariff" | "column":
            return _("together: {weights} of {payers}; outside: {names}", **values)
        case "inhabitants":
            return _("{weights} inhabitants in {payers}; outside: {names}", **values)
        case _:
            assert_never(line.weighing)


def _refund_of_part(line: RefundOfPartLine) -> str:
    days = _taken_off(line)
    refund = format_euros(line.refund)
    if not days:
        return _("outside this programme: gets back what it paid, {refund}", refund=refund)
    return _(
        "outside this programme: gets back {paid}{part} = {refund}",
        paid=format_euros(line.part),
        part=days,
        refund=refund,
    )


def _to_divide(line: ToDivide) -> str:
    values = {"gross": format_euros(line.gross), "rest": format_euros(line.rest)}
    income, reserve = format_euros(line.income), format_euros(line.reserve)
    if not line.reserve:
        return _("to divide: {gross} − {income} from others = {rest}", income=income, **values)
    if not line.income:
        return _("to divide: {gross} − {reserve} from the balance of the fund = {rest}", reserve=reserve, **values)
    return _(
        "to divide: {gross} − {income} from others − {reserve} from the balance of the fund = {rest}",
        income=income,
        reserve=reserve,
        **values,
    )


def _not_invoiced(line: NotInvoiced) -> str:
    days = _taken_off(line)
    if not days:
        return _("outside this programme: not invoiced")
    return _(
        "outside this programme: {paid}{part} = {amount} is not invoiced",
        paid=format_euros(line.part),
        part=days,
        amount=format_euros(line.amount),
    )


def _taken_off(line: RefundOfPartLine | NotInvoiced) -> str:
    """How an amount follows from the part; nothing when it is the whole of it."""
    days = _of_days(line.days, line.days_weighed)
    return days if line.before is None else f"{days} − {format_euros(line.before.cents)}"


def _of_days(days: int, whole: int) -> str:
    """The days of those that an amount is for; nothing when they are all."""
    return "" if days == whole else f" × {days} ÷ {whole}"


def _derived(line: DerivedFrom) -> str:
    sentence = _(
        "derived, as it is printed without VAT: of the multiples of {multiple} only {gross} is the printed {net} after"
        " ÷ {factor} and rounding to {unit}",
        multiple=format_about(line.multiple, 1),
        gross=format_about(line.gross, 1),
        net=format_about(line.net, 1),
        factor=_vat_factor(line.percent),
        unit=format_about(line.rounded_to, 1),
    )
    if line.others:
        others = ", ".join(format_about(amount, 1) for amount in line.others)
        sentence += "; " + _("{others} gives the same print, and is less round", others=others)
    if line.elsewhere:
        sentence += "; " + _("the same amount stands in {source}", source=line.elsewhere)
    return sentence


def _vat_factor(percent: int) -> str:
    return format_number(Decimal(100 + percent) / 100)


def _weight(weighing: Weighing, weight: int) -> str:
    match weighing:
        case "tariff":
            return format_rate(weight)
        case "inhabitants" | "column":
            return format_number(weight)
        case _:
            assert_never(weighing)


def _exact(total: int, weight: int, weights: int) -> str:
    """The exact share in euros, cut off after six decimals where it goes on."""
    millionths, rest = divmod(total * weight * 10_000, weights)
    return f"{euro_sign()}{format_number(Decimal(millionths) / 1_000_000)}{'…' if rest else ''}"


def _realised(line: RealisedAsPublished) -> str:
    realised, budget = format_euros(line.realised), format_euros(line.net)
    if line.provisional:
        return _(
            "realised in {year}, as far as the reports know (provisional): {realised} of {budget}, without VAT",
            year=line.year,
            realised=realised,
            budget=budget,
        )
    return _(
        "realised in {year}, by the reports: {realised} of {budget}, without VAT",
        year=line.year,
        realised=realised,
        budget=budget,
    )
