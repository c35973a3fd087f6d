"""Duty and tax as rules with their days and sources, the sets in which they came in, and groups of origins."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from shipping.choices import RuleForm, RuleSetState, SaleKind, TaxKind, WhyUnknown
from shipping.rules.duties.keys import NAMES, write_key
from shipping.rules.duty import AMOUNTS, DutyRate

Rule = TypeVar("Rule", bound="BorderRule")
STALE_AFTER = timedelta(days=180)
"""Tariffs change at least twice a year, on 1 January and 1 July."""
PARTS = ("percent", "per_kg", "per_unit", "per_subheading")
BOUNDS = ("minimum", "maximum", "minimum_percent", "minimum_per_kg", "maximum_percent", "maximum_per_kg")
LAST_NATIONAL = "9999999999"
MONEY = (*AMOUNTS, "minimum", "maximum")


def _make_part(name: StrPromise) -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(name, max_digits=15, decimal_places=6, null=True, blank=True)


class RuleSetQuerySet(models.QuerySet["RuleSet"]):
    def waiting(self) -> Self:
        return self.filter(state=RuleSetState.WAITING)


class RuleSet(models.Model):
    """Rules that came in together, are read by an officer and let in together."""

    form = models.CharField(_("kind"), max_length=8, choices=RuleForm)
    state = models.CharField(_("state"), max_length=8, choices=RuleSetState, default=RuleSetState.WAITING)
    file_name = models.CharField(_("file"), max_length=160, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    left_out = models.JSONField(_("left out"), default=dict, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        ordering = ["-entered_at", "-pk"]
        verbose_name = _("set of duty and tax rules")
        verbose_name_plural = _("sets of duty and tax rules")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None) | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="a_decided_set_of_rules_says_when",
            ),
            models.CheckConstraint(
                condition=Q(form__in=["planted", "vat"]) | Q(entered_by__isnull=False),
                name="a_set_of_rules_says_who_brought_it_in",
            ),
            models.CheckConstraint(
                condition=Q(form__in=["planted", "vat"]) | Q(state="waiting") | Q(decided_by__isnull=False),
                name="a_decided_set_of_rules_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or self.get_form_display()

    @property
    def is_waiting(self) -> bool:
        return self.state == RuleSetState.WAITING


class BorderRuleQuerySet(models.QuerySet[Rule]):
    def standing(self) -> Self:
        """Rules that an officer has let in, of whatever days."""
        return self.filter(is_standing=True)

    def in_force_on(self, day: date) -> Self:
        """Standing ones whose days hold this one."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        return self.standing().filter(begun, Q(valid_until=None) | Q(valid_until__gte=day))

    def for_destinations(self, destinations: list[str]) -> Self:
        return self.filter(destination__in=destinations)

    def near_code(self, hs_code: str) -> Self:
        """Rules of the code's beginnings, and of national codes below it; for no code those of all goods."""
        if not hs_code:
            return self.filter(hs_prefix="")
        heads = [hs_code[:length] for length in range(len(hs_code) + 1)]
        return self.filter(
            Q(hs_prefix__in=heads) | Q(hs_prefix__gt=hs_code, hs_prefix__lte=f"{hs_code}{LAST_NATIONAL}")
        )


class BorderRule(models.Model):
    """What duty and tax rules share. `destination` is a country or EU; amounts and values are in `currency`."""

    rule_set = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="%(class)ss")
    destination = models.CharField(_("destination"), max_length=2)
    hs_prefix = models.CharField(_("HS code begins with"), max_length=10, blank=True)
    sale = models.CharField(_("sold"), max_length=3, choices=SaleKind, blank=True, default=SaleKind.ANY)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    value_from = models.DecimalField(_("value above"), max_digits=12, decimal_places=2, null=True, blank=True)
    value_until = models.DecimalField(_("value up to"), max_digits=12, decimal_places=2, null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=400)
    read_on = models.DateField(_("read on"))
    match_key = models.CharField(max_length=160)
    is_standing = models.BooleanField(_("in force"), default=False)

    class Meta:
        abstract = True
        ordering = ["destination", "hs_prefix", "pk"]
        indexes = [models.Index(fields=["hs_prefix", "destination"], name="%(class)ss_by_code")]
        constraints = [
            models.UniqueConstraint(
                fields=["match_key"], condition=Q(is_standing=True), name="one_%(class)s_of_a_kind_stands"
            ),
            models.CheckConstraint(condition=~Q(source="") & ~Q(destination=""), name="a_%(class)s_has_a_source"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="a_%(class)s_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(value_from=None) | Q(value_until=None) | Q(value_until__gt=F("value_from")),
                name="values_of_a_%(class)s_rise",
            ),
            models.CheckConstraint(
                condition=Q(value_from=None, value_until=None) | ~Q(currency=""),
                name="values_of_a_%(class)s_have_a_currency",
            ),
        ]

    def __str__(self) -> str:
        return self.match_key

    @property
    def entered_by(self) -> Any:
        """The officer who brought it in; None for what came with the migrations."""
        return self.rule_set.entered_by

    @property
    def approved_by(self) -> Any:
        """The officer who let it in; None while nobody has."""
        return self.rule_set.decided_by if self.rule_set.state == RuleSetState.STANDING else None

    def make_key(self) -> str:
        """By what two rules are the same one."""
        return write_key({name: getattr(self, name, "") for name in (*NAMES, "currency")})

    def is_stale_on(self, day: date) -> bool:
        """Nobody has read the source for half a year."""
        return day - self.read_on > STALE_AFTER


class DutyRuleQuerySet(BorderRuleQuerySet["DutyRule"]):
    """Duties."""


class DutyRule(BorderRule):
    """A duty between two days. Where `why_unknown` is not empty the parts, if there are any, are not the whole duty."""

    origin = models.CharField(_("origin"), max_length=2, blank=True)
    origin_group = models.CharField(_("group of origins"), max_length=8, blank=True)
    excluded_origins = models.JSONField(_("but not from"), default=list, blank=True)
    percent = _make_part(_("percent of the customs value"))
    per_kg = _make_part(_("for a kilogram"))
    per_unit = _make_part(_("for a piece"))
    per_subheading = _make_part(_("for each distinct subheading"))
    minimum = _make_part(_("at least"))
    minimum_percent = _make_part(_("at least, percent"))
    minimum_per_kg = _make_part(_("at least, for a kilogram"))
    maximum = _make_part(_("at most"))
    maximum_percent = _make_part(_("at most, percent"))
    maximum_per_kg = _make_part(_("at most, for a kilogram"))
    why_unknown = models.CharField(_("not known because"), max_length=12, choices=WhyUnknown, blank=True, default="")
    published_text = models.CharField(_("the publisher’s words"), max_length=400, blank=True)
    is_preference = models.BooleanField(_("preference"), default=False)
    proof = models.CharField(_("proof of the preference"), max_length=200, blank=True)

    objects = DutyRuleQuerySet.as_manager()

    class Meta(BorderRule.Meta):
        verbose_name = _("duty rule")
        verbose_name_plural = _("duty rules")
        constraints = [
            *BorderRule.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(why_unknown="") | Q(percent__isnull=False), name="a_duty_is_known_or_says_why_not"
            ),
            models.CheckConstraint(
                condition=Q(origin="") | Q(origin_group=""), name="a_duty_is_for_an_origin_or_a_group"
            ),
            models.CheckConstraint(
                condition=Q(is_preference=False) | ~Q(origin="") | ~Q(origin_group=""),
                name="a_preference_names_its_origin",
            ),
            models.CheckConstraint(
                condition=Q(**{f"{name}__isnull": True for name in MONEY}) | ~Q(currency=""),
                name="amounts_of_a_duty_have_a_currency",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{name: None}) | Q(**{f"{name}__gte": 0}), name=f"{name}_is_not_below_0"
                )
                for name in (*PARTS, *BOUNDS)
            ),
        ]

    @property
    def rate(self) -> DutyRate | None:
        """The parts that were read; None where none was."""
        if self.percent is None:
            return None
        parts = {name: getattr(self, name) or Decimal(0) for name in PARTS}
        return DutyRate(**parts, **{name: getattr(self, name) for name in BOUNDS})

    @property
    def is_known(self) -> bool:
        return not self.why_unknown

    @property
    def shown_parts(self) -> list[tuple[str, Decimal]]:
        """Name and value of each part that says anything."""
        named = [(name, getattr(self, name)) for name in (*PARTS, *BOUNDS)]
        names = {field.name: str(field.verbose_name) for field in self._meta.fields}
        return [(names[name], value) for name, value in named if value]


class TaxRuleQuerySet(BorderRuleQuerySet["TaxRule"]):
    """Taxes."""


class TaxRule(BorderRule):
    """What is asked at the border beside duty, counted by a formula that the rules know by the territory's letters."""

    kind = models.CharField(_("kind"), max_length=5, choices=TaxKind)
    percent = models.DecimalField(_("percent"), max_digits=7, decimal_places=4)
    formula = models.CharField(_("formula"), max_length=2)
    is_recoverable = models.BooleanField(_("comes back to a business"), default=True)

    objects = TaxRuleQuerySet.as_manager()

    class Meta(BorderRule.Meta):
        verbose_name = _("tax rule")
        verbose_name_plural = _("tax rules")
        constraints = [
            *BorderRule.Meta.constraints,
            models.CheckConstraint(condition=Q(percent__gte=0, percent__lte=100), name="a_tax_is_0_to_100_percent"),
            models.CheckConstraint(condition=~Q(kind="none") | Q(percent=0), name="no_tax_is_0_percent"),
            models.CheckConstraint(condition=~Q(formula=""), name="a_tax_names_its_formula"),
        ]


class OriginGroup(models.Model):
    """Countries that a territory's tariff calls by one code, such as those of a preference."""

    destination = models.CharField(_("destination"), max_length=2)
    code = models.CharField(_("code"), max_length=8)
    name = models.CharField(_("name"), max_length=120)
    members = models.JSONField(_("countries"), default=list)
    source = models.CharField(_("source"), max_length=400)
    read_on = models.DateField(_("read on"))

    class Meta:
        ordering = ["destination", "code"]
        verbose_name = _("group of origins")
        verbose_name_plural = _("groups of origins")
        constraints = [models.UniqueConstraint(fields=["destination", "code"], name="groups_of_origins_by_code")]

    def __str__(self) -> str:
        return f"{self.destination} {self.code} {self.name}"
