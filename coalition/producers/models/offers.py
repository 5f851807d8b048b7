"""What a producer makes, when it is there, how one buys it and by which label it goes."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.membership.models import Coalition
from coalition.producers.models.producers import Producer
from coalition.producers.words import AllergenState, Category, ChannelKind, LabelKind


class SalesChannel(models.Model):
    """One way of buying from him, with hours and an address of its own where they differ."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="channels")
    kind = models.CharField(_("how one buys"), max_length=20, choices=ChannelKind.choices)
    name = models.CharField(_("name"), max_length=120, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    opening_hours = models.CharField(_("opening hours"), max_length=255, blank=True)
    note = models.CharField(_("remark"), max_length=160, blank=True)
    is_full = models.BooleanField(_("full, no new customers"), default=False)
    is_accessible = models.BooleanField(_("accessible by wheelchair"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("sales channel")
        verbose_name_plural = _("sales channels")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["kind", "producer"], name="channel_by_kind")]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="platform") | ~Q(url=""), name="platform_has_a_link"),
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class Product(models.Model):
    """Something he makes. It is not shown while its allergens are undecided."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="products")
    name = models.CharField(_("product"), max_length=120)
    category = models.CharField(_("category"), max_length=12, choices=Category.choices)
    # A crop of the season calendar (coalition/producers/seasons.py); empty when it has no season.
    crop = models.SlugField(_("crop"), max_length=20, blank=True, db_index=False)
    allergen_state = models.CharField(
        _("allergens"), max_length=10, choices=AllergenState.choices, default=AllergenState.UNDECIDED
    )
    allergens = models.JSONField(_("which"), default=list, blank=True)
    may_contain = models.JSONField(_("may contain traces of"), default=list, blank=True)
    # "Price from": cents for one `price_unit`.
    price_cents = models.PositiveIntegerField(_("price from, in cents"), null=True, blank=True)
    price_unit = models.CharField(_("per"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(fields=["category", "producer"], name="product_by_category"),
            models.Index(fields=["crop", "producer"], name="product_by_crop"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(price_cents__isnull=True) | ~Q(price_unit=""), name="price_is_for_something"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Label(models.Model):
    """A name that is only used with a right to it."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="labels")
    kind = models.CharField(_("label"), max_length=15, choices=LabelKind.choices)
    name = models.CharField(_("name"), max_length=120, blank=True)
    certificate = models.CharField(_("certificate"), max_length=80, blank=True)
    # For organic: the code of the control body, BE-BIO-01 to -03.
    body = models.CharField(_("control body"), max_length=80, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        indexes = [models.Index(fields=["kind", "producer"], name="label_by_kind")]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class Season(models.Model):
    """What a coalition knows better about a crop than the calendar of the house; ranges of months such as "10-5"."""

    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="seasons")
    crop = models.SlugField(_("crop"), max_length=20)
    fresh = models.CharField(_("fresh from the field"), max_length=40, blank=True)
    glass = models.CharField(_("local under glass"), max_length=40, blank=True)
    storage = models.CharField(_("from storage"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("season")
        verbose_name_plural = _("seasons")
        ordering = ["crop"]
        constraints = [models.UniqueConstraint(fields=["coalition", "crop"], name="season_of_a_crop_is_told_once")]

    def __str__(self) -> str:
        return self.crop
