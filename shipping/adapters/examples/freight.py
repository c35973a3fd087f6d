"""Examples of freight: chargeable weight, breaks, groupage, surcharges, insurance."""

from datetime import date
from decimal import Decimal

from core.errors import DomainError
from core.money import Money
from shipping.adapters.examples.comparing import Found
from shipping.adapters.examples.options import Options
from shipping.exceptions import NoBreakFits
from shipping.rules.breaks import WeightBreak, rate_weight
from shipping.rules.groupage import SEA_KG_PER_M3, rate_weight_or_measure
from shipping.rules.insurance import LEAST_PERCENT, insure
from shipping.rules.measures import G_PER_UNIT, MM_PER_UNIT, Rounding, from_g, to_g, to_m3, to_mm
from shipping.rules.surcharges import FREIGHT, Measures, Surcharge, charge
from shipping.rules.weights import Compare, Piece, WeightRule, weigh

SIZES = (("l", "length"), ("w", "width"), ("h", "height"))
INCHES = {"in", "ft"}
LARGEST_INCH_DIVISOR = 1000
"""Below it a divisor is cubic inches (139, 166, 366), above it cubic centimetres (4000, 5000, 6000)."""
LONG_AGO = date(2000, 1, 1)
MINIMUMS = ("min", "min_charge", "minimum", "minimum_charge", "min_amount")


def read_pieces(options: Options) -> tuple[list[Piece], set[str], set[str]]:
    """Pieces with the units in which they are given, of length and of weight."""
    pieces, lengths, weights = [], set(), set()
    rounding = options.rounding("actual_round", "weight_round")
    unit = options.word("unit", "dim_unit", default="cm", among=tuple(MM_PER_UNIT))
    for row in options.rows("pieces", "packages", "parcels"):
        own_unit = row.word("unit", "dim_unit", default=unit, among=tuple(MM_PER_UNIT))
        sizes = [to_mm(row.number(*names), own_unit) for names in SIZES]
        given = [name for name in G_PER_UNIT if row.has(name)]
        if len(given) > 1:
            row.refuse(f"{given[0]} and {given[1]} are both weights")
        weight_unit = given[0] if given else "kg"
        weight = rounding.apply(row.number(weight_unit, default=0))
        count = row.number("n", "qty", "count", "pieces", default=1)
        pieces.append(Piece(sizes[0], sizes[1], sizes[2], to_g(weight, weight_unit), int(count)))
        lengths.add(own_unit)
        weights.add(weight_unit)
    return pieces, lengths, weights


def read_total_g(options: Options) -> Decimal | None:
    """The weight of all pieces together, in grams, where it is given so."""
    for unit in G_PER_UNIT:
        if options.has(f"total_{unit}"):
            return to_g(options.number(f"total_{unit}"), unit)
    return None


def weigh_pieces(options: Options) -> Found:
    """Volumetric and chargeable weight, in kilograms and pounds; rounded in the unit that the pieces are given in."""
    pieces, lengths, weights = read_pieces(options)
    if volume_m3 := options.maybe("volume_m3", "m3", "cbm"):
        pieces.append(Piece(volume_m3 * 10**9, Decimal(1), Decimal(1), Decimal(0)))
    if not pieces:
        options.refuse("pieces are missing")
    total_g = read_total_g(options)
    if total_g is not None:
        pieces.append(Piece(Decimal(0), Decimal(0), Decimal(0), total_g))
    divisor = options.maybe("divisor", "dim_divisor", "dim_factor")
    in_inches = lengths <= INCHES and bool(lengths) and (divisor is None or divisor < LARGEST_INCH_DIVISOR)
    in_pounds = weights <= {"lb", "oz"} and bool(weights) and (in_inches or divisor is None)
    rule = _read_weight_rule(options, divisor, "in" if in_inches else "cm", "lb" if in_pounds else "kg")
    found = weigh(pieces, rule)
    to_kg = {unit: from_g(to_g(Decimal(1), rule.weight_unit), unit) for unit in ("kg", "lb", "g", "t")}
    answers: Found = {"volume_m3": found.volume_m3, "volume_cm3": found.volume_m3 * 10**6}
    if in_inches:
        answers["volume_in3"] = found.volume
    values = {
        "volumetric_{}": found.volumetric,
        "volumetric_{}_raw": found.raw,
        "actual_{}": found.actual,
        "chargeable_{}": found.chargeable,
    }
    answers |= {name.format(unit): value * factor for name, value in values.items() for unit, factor in to_kg.items()}
    dims = [list(sizes) for sizes in found.sizes if all(sizes)]
    answers["dims"] = dims[0] if len(dims) == 1 else [list(sizes) for sizes in dims]
    return answers


def _read_weight_rule(options: Options, divisor: Decimal | None, length_unit: str, weight_unit: str) -> WeightRule:
    compare = options.word(
        "compare", "per", "compare_per", default="", among=("", "piece", "package", "shipment", "total")
    )
    kg_per_m3 = options.maybe("kg_per_m3")
    if divisor is not None and kg_per_m3 is not None:
        options.refuse("divisor and kg_per_m3 say the same thing")
    if (divisor is not None and divisor <= 0) or (kg_per_m3 is not None and kg_per_m3 <= 0):
        options.refuse("divisor and kg_per_m3 are above 0")
    least = [f"{word}_{weight_unit}" for word in ("min", "minimum", "min_chargeable")]
    return WeightRule(
        divisor=divisor, kg_per_m3=kg_per_m3, size_rounding=options.rounding("dim_round"),
        piece_rounding=options.rounding("piece_round"), shipment_rounding=options.rounding("shipment_round", "total_round"),
        minimum=options.number(*least, *MINIMUMS, default=0), length_unit=length_unit, weight_unit=weight_unit,
        compare={"": None, "piece": Compare.PIECE, "package": Compare.PIECE}.get(compare, Compare.SHIPMENT),
    )  # fmt: skip


def rate_breaks(options: Options) -> Found:
    """The price of a weight by breaks."""
    currency = options.word("currency", default="EUR")
    kind = options.word("type", "mode", "break_type", default="per_kg", among=("per_kg", "flat"))
    breaks = []
    for row in options.rows("breaks", "steps"):
        own = row.word("type", "mode", default="flat" if row.has("flat", "amount") else kind, among=("per_kg", "flat"))
        price = row.number("rate", "price", "per_kg", "flat", "amount")
        breaks.append(
            WeightBreak(
                row.number("from_kg", "from", default=0), price, own == "flat", row.maybe("to_kg", "up_to_kg", "to")
            )
        )
    if not breaks:
        options.refuse("breaks are missing")
    weight_kg = options.rounding("round", "kg_round", "weight_round").apply(
        options.number("kg", "weight_kg", "chargeable_kg")
    )
    try:
        rated = rate_weight(weight_kg, breaks, minimum=options.number(*MINIMUMS, default=0))
    except NoBreakFits:
        return {"error": "no_break"}
    most = options.maybe("max", "max_charge", "cap")
    amount = rated.amount if most is None else min(rated.amount, most)
    step = max((one for one in breaks if one.from_kg <= rated.rated_kg), key=lambda one: one.from_kg, default=breaks[0])
    return {
        "naive": Money(rated.naive, currency), "amount": Money(amount, currency), "rated_kg": rated.rated_kg,
        "from_kg": step.from_kg, "rate": step.price, "error": None,
    }  # fmt: skip


def rate_groupage(options: Options) -> Found:
    """Weight or measure."""
    pieces, _lengths, _weights = read_pieces(options)
    if options.has("l_m"):
        sizes = [to_mm(options.number(name), "m") for name in ("l_m", "w_m", "h_m")]
        pieces.append(Piece(sizes[0], sizes[1], sizes[2], Decimal(0), int(options.number("n", "count", default=1))))
    volume_m3 = to_m3(sum((one.length_mm * one.width_mm * one.height_mm * one.count for one in pieces), Decimal(0)))
    if not pieces:
        volume_m3 = options.number("volume_m3", "m3", "cbm")
    total_g = read_total_g(options)
    weight_kg = from_g(
        sum((one.weight_g * one.count for one in pieces), Decimal(0)) if total_g is None else total_g, "kg"
    )
    rate = options.maybe("rate", "rate_per_wm", "rate_wm")
    kg_per_m3 = options.number("kg_per_m3", default=SEA_KG_PER_M3)
    volume_m3 = options.rounding("volume_round", "m3_round").apply(volume_m3)
    measured = rate_weight_or_measure(
        volume_m3=volume_m3, weight_kg=weight_kg, kg_per_m3=kg_per_m3, rate=rate, rounding=options.rounding("round", "wm_round", "rt_round"),
        least_m3=options.number("min_m3", "min_wm", "min_rt", "min_revenue_tons", default=0), minimum=options.number(*MINIMUMS, default=0),
    )  # fmt: skip
    currency = options.word("currency", default="USD")
    found: Found = {
        "volume_m3": measured.volume_m3, "weight_t": weight_kg / 1000, "weight_m3": measured.weight_m3,
        "revenue_tons": measured.chargeable_m3, "chargeable_m3": measured.chargeable_m3, "wm": measured.chargeable_m3,
        "by": "weight" if measured.weight_m3 > measured.volume_m3 else "volume",
    }  # fmt: skip
    return found if measured.amount is None else found | {"amount": Money(measured.amount, currency)}


def surcharge(options: Options) -> Found:
    """One surcharge, or several that may be counted from one another."""
    currency = options.word("currency", default="EUR")
    day = options.day("date", "day")
    charges = _read_charges(options)
    rows = options.rows("surcharges")
    several = [_read_surcharge(row, f"surcharge {number}") for number, row in enumerate(rows, start=1)]
    own = [] if several else [_read_surcharge(options, "surcharge")]
    if day is None and any(one.valid_from or one.valid_until for one in own + several):
        options.refuse("date is missing")
    rounded: Rounding = options.rounding("kg_round", "round")
    measures = Measures(
        rounded.apply(options.number("kg", "chargeable_kg", "weight_kg", default=0)), options.number("m3", "volume_m3", "cbm", default=0),
        int(options.number("pieces", "n", "qty", default=1)), options.number("goods", "goods_value", "value", default=0),
    )  # fmt: skip
    amounts = charge(own + several, freight=charges, measures=measures, day=day or LONG_AGO)
    added = sum(amounts.values(), Decimal(0))
    base = (own or several)[0].base_of({**charges, **amounts})
    return {
        "amount": Money(added, currency), "base": Money(base, currency), "total": Money(sum(charges.values(), added), currency),
        "amounts": {code: Money(amount, currency) for code, amount in amounts.items()},
    }  # fmt: skip


def _read_charges(options: Options) -> dict[str, Decimal]:
    base = options.maybe("base", "freight", "base_amount")
    given = options.take("charges") or {}
    if not isinstance(given, dict):
        options.refuse("charges are amounts by name")
    part = Options(given, where="charges: ")
    charges = {str(name): part.number(str(name)) for name in given}
    return charges if base is None else {FREIGHT: base, **charges}


def _read_surcharge(options: Options, name: str) -> Surcharge:
    applies_to = options.take("applies_to") or [FREIGHT]
    if not isinstance(applies_to, list):
        options.refuse("applies_to is a list of charges")
    return Surcharge(
        code=options.word("code", "name", default=name), flat=options.number("flat", "fixed", "per_shipment", default=0),
        per_kg=options.number("per_kg", default=0), per_m3=options.number("per_m3", default=0), per_piece=options.number("per_piece", default=0),
        percent=options.number("pct", "percent", "fuel_pct", "rate_pct", default=0), percent_of_goods=options.number("pct_of_goods", default=0),
        applies_to=tuple(str(one) for one in applies_to), minimum=options.maybe(*MINIMUMS), maximum=options.maybe("max", "cap", "maximum"),
        valid_from=options.day("valid_from", "from"), valid_until=options.day("valid_to", "valid_until", "to"),
    )  # fmt: skip


def cover(options: Options) -> Found:
    """Insured sum, premium and CIF value."""
    currency = options.word("currency", default="USD")
    freight = options.number("freight", default=0)
    goods, cfr = options.maybe("goods", "value", "invoice"), options.maybe("cfr")
    on = options.word("on", default="goods" if goods is not None else "cif", among=("goods", "cfr", "cif"))
    if goods is None and cfr is None:
        options.refuse("goods or cfr is missing")
    carried = cfr if cfr is not None else (goods or Decimal(0)) + freight
    base = goods if on == "goods" and goods is not None else carried
    try:
        found = insure(
            base=base, percent=options.number("pct", "insured_pct", default=LEAST_PERCENT), rate_percent=options.number("rate_pct"),
            includes_premium=on == "cif", minimum=options.number("min_premium", *MINIMUMS, default=0), term=options.word("term", "incoterm"),
        )  # fmt: skip
    except DomainError as error:
        options.refuse(str(error))
    return {
        "insured": Money(found.insured, currency), "premium": Money(found.premium, currency), "cfr": Money(carried, currency),
        "cif": Money(carried + found.premium, currency),
    }  # fmt: skip
