"""Municipalities as the law knows them: a NIS code, names, a period of validity, what they merged into, a boundary."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from coalition.base.kbo import show_kbo
from coalition.base.models import Valid, ValidityQuerySet
from coalition.territory import rules
from coalition.territory.rules import Regime


class FoldedField(models.TextField):
    """What a row is searched by: the columns `of`, folded; written together with them."""

    def __init__(self, *args: Any, of: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = of
        super().__init__(*args, **{"editable": False, "blank": True} | kwargs)

    def deconstruct(self) -> tuple:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

    def pre_save(self, row: models.Model, add: bool) -> str:
        folded = rules.searchable(*(getattr(row, column) for column in self.of))
        setattr(row, self.attname, folded)
        return folded


class Municipality(Valid):
    nis = models.CharField(_("NIS code"), max_length=5, unique=True)
    name_nl = models.CharField(_("name in Dutch"), max_length=120)
    name_fr = models.CharField(_("name in French"), max_length=120, blank=True)
    regime = models.CharField(_("language regime"), max_length=10, choices=Regime.choices, default=Regime.DUTCH)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    # The point people mean when they say the name (market square), degrees WGS84; not the polygon's centroid.
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    # GeoJSON geometry (WGS84, 6 decimals), and the same simplified for maps; empty where no official file was read.
    boundary = models.TextField(_("boundary"), blank=True)
    outline = models.TextField(_("simplified boundary"), blank=True)
    is_schematic = models.BooleanField(_("boundary is schematic"), default=False)
    source = models.CharField(_("source of the boundary"), max_length=200, blank=True)
    # From which day on this boundary holds: an older edition of the official file never replaces a newer one.
    boundary_from = models.DateField(_("boundary valid from"), null=True, blank=True, editable=False)
    search_text = FoldedField(of=("name_nl", "name_fr"))

    objects = ValidityQuerySet.as_manager()

    class Meta(Valid.Meta):
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ["name_nl"]
        constraints = [
            *Valid.Meta.constraints,
            models.CheckConstraint(condition=Q(nis__regex=r"^[0-9]{5}$"), name="municipality_nis_has_five_digits"),
            models.CheckConstraint(
                condition=Q(successor__isnull=True) | Q(valid_until__isnull=False),
                name="municipality_with_successor_has_ended",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of this visit; Dutch where no other is known."""
        return self.name_fr if get_language() == "fr" and self.name_fr else self.name_nl


class EnterpriseNumber(Valid):
    """A number under which the register of enterprises (KBO) knows a municipality, or what acts for it (its OCMW).

    A row of its own, with days: at a merger the number ends, goes on with the successor, or a new one begins, while
    the NIS code may stay.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="enterprise_numbers")
    number = models.CharField(_("enterprise number"), max_length=10, db_index=True)

    objects = ValidityQuerySet.as_manager()

    class Meta(Valid.Meta):
        verbose_name = _("enterprise number")
        verbose_name_plural = _("enterprise numbers")
        ordering = ["municipality__name_nl", "number"]
        constraints = [
            *Valid.Meta.constraints,
            models.CheckConstraint(
                condition=Q(number__regex=r"^[01][0-9]{9}$"), name="enterprise_number_has_its_digits"
            ),
        ]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """As it is written on paper: 0403.019.261."""
        return show_kbo(self.number)


class Locality(models.Model):
    """A village or former municipality as people search for it, with its postcode."""

    municipality = models.ForeignKey(Municipality, on_delete=models.CASCADE, related_name="localities")
    name = models.CharField(_("name"), max_length=120)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    search_text = FoldedField(of=("postcode", "name"))

    class Meta:
        verbose_name = _("locality")
        verbose_name_plural = _("localities")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name", "postcode"], name="locality_stands_once_per_municipality"
            )
        ]

    def __str__(self) -> str:
        return f"{self.postcode} {self.name}".strip()
