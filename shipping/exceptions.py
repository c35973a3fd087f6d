"""What can go wrong with loads, rate cards and landed costs."""

from core.errors import DomainError, gettext_noop


class MeasureMissing(DomainError):
    """A weight or a size that the price depends on is not known."""

    message = gettext_noop("The %(field)s of a package is missing. Ask the exporter for it.")
    status = 422

    def __init__(self, field: str) -> None:
        super().__init__(field=field)
        self.field = field


class RoundingUnknown(DomainError):
    """A tariff rounds in a way that we do not know."""

    message = gettext_noop("“%(rounding)s” is no rounding. Write none, or a direction and a step such as ceil_0.5.")
    status = 422


class UnitUnknown(DomainError):
    """A measure is given in a unit that we do not know."""

    message = gettext_noop("“%(unit)s” is no unit of length or weight that we know.")
    status = 422


class NoBreakFits(DomainError):
    """The card has no price for this weight."""

    message = gettext_noop("The card has no price for %(weight_kg)s kg.")
    status = 422


class NoRate(DomainError):
    """There is no rate between two currencies that is young enough."""

    message = gettext_noop("There is no exchange rate from %(source)s to %(target)s of the last %(days)s days.")
    status = 422


class CurrencyUnknown(DomainError):
    """No bank whose rates we have publishes one for the currency."""

    message = gettext_noop("There is no exchange rate for %(currency)s.")
    status = 422


class CoverTooLow(DomainError):
    """CIF and CIP ask the seller for more cover than that."""

    message = gettext_noop("Under CIF and CIP the goods are insured for at least 110% of their price.")
    status = 422


class ExampleUnreadable(DomainError):
    """A worked example has a kind, an input or an expectation that we do not know."""

    message = gettext_noop("%(why)s")
    status = 422

    def __init__(self, why: str) -> None:
        super().__init__(why=why)
