"""A producer: who he is, where he is, when he is open; in which coalitions he is found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.base.kbo import show_kbo
from coalition.membership.models import Coalition
from coalition.producers.words import Contact, FoodAgencyLevel, Reach
from coalition.territory.models import FoldedField, Municipality


class Producer(models.Model):
    """One profile that feeds directory, map, brochure, market, route and order round.

    Nothing of it is public before he has confirmed it himself.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ASKED = "asked", _("waits for the farmer")
        CONFIRMED = "confirmed", _("confirmed by the farmer")
        HIDDEN = "hidden", _("not shown any more")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("name on the web"), max_length=80, unique=True)
    story = models.TextField(_("story"), max_length=4000, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)

    enterprise_number = models.CharField(_("enterprise number"), max_length=10, blank=True, db_index=True)
    establishment_number = models.CharField(_("establishment number"), max_length=10, blank=True)
    favv_level = models.CharField(
        _("food agency (FAVV)"), max_length=10, choices=FoodAgencyLevel.choices, blank=True, default=""
    )
    favv_number = models.CharField(_("number at the food agency"), max_length=40, blank=True)
    favv_checked_on = models.DateField(_("checked on"), null=True, blank=True)
    sells_third_party = models.BooleanField(_("sells products of others too"), default=False)
    processes = models.BooleanField(_("processes products"), default=False)

    contact_name = models.CharField(_("name of the contact"), max_length=120, blank=True)
    phone = models.CharField(_("telephone number"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    street = models.CharField(_("street and number"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=4, blank=True)
    place = models.CharField(_("village or town"), max_length=120, blank=True)
    # Which of `Contact` he agreed to show.
    shown = models.JSONField(_("shown to everybody"), default=list, blank=True)
    reach = models.CharField(_("how he wants to be asked"), max_length=5, choices=Reach.choices, default=Reach.MAIL)

    # Degrees WGS84; the municipality follows from the point, or from the postcode where there is none.
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    municipality = models.ForeignKey(
        Municipality, verbose_name=_("municipality"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="producers",
    )  # fmt: skip

    # OpenStreetMap syntax; what it means each week stands in OpenSpan.
    opening_hours = models.CharField(_("opening hours"), max_length=255, blank=True)
    hours_note = models.CharField(_("remark about the hours"), max_length=160, blank=True)
    # The hours depend on dates, holidays or the sun: they are worked out for each day anew.
    hours_depend = models.BooleanField(default=False, editable=False)

    created_at = models.DateTimeField(_("drafted at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("drafted by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    changed_at = models.DateTimeField(_("changed at"))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    batch = models.ForeignKey(
        "coalition.Batch", verbose_name=_("import"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="producers",
    )  # fmt: skip
    # Which row of the import it came from, so that reading it in twice makes it once.
    batch_row = models.CharField(max_length=80, blank=True)
    # Where facts of others came from, with the licence they ask to be named.
    source = models.CharField(_("source"), max_length=200, blank=True)
    source_key = models.CharField(max_length=80, blank=True, db_index=True)
    is_demo = models.BooleanField(default=False, editable=False)
    search_text = FoldedField(of=("name", "place", "postcode", "offer_text"))
    # The names of what he makes, for the search.
    offer_text = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("producer")
        verbose_name_plural = _("producers")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["state", "municipality"], name="producer_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(enterprise_number="") | Q(enterprise_number__regex=r"^[01][0-9]{9}$"),
                name="producer_number_has_its_digits",
            ),
            models.CheckConstraint(
                condition=Q(establishment_number="") | Q(establishment_number__regex=r"^[2-8][0-9]{9}$"),
                name="producer_establishment_has_its_digits",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="producer_has_a_whole_point_or_none",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="producer_confirmed_has_its_time"
            ),
            models.UniqueConstraint(
                fields=["batch", "batch_row"], condition=~Q(batch_row=""), name="producer_row_is_read_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def number_shown(self) -> str:
        """The enterprise number as it is written on paper: 0403.019.261."""
        return show_kbo(self.enterprise_number)

    def shows(self, field: str) -> str:
        """The value of one of `Contact` when he agreed to show it, else nothing."""
        if field not in self.shown:
            return ""
        return self.street if field == Contact.ADDRESS else getattr(self, field)


class Listing(models.Model):
    """A producer is found in a coalition: as long as his municipality is a member, or as a guest with a reason."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="listings")
    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="listings")
    as_guest = models.BooleanField(_("also when his municipality is no member"), default=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        constraints = [
            models.UniqueConstraint(fields=["producer", "coalition"], name="producer_is_listed_once"),
            models.CheckConstraint(condition=Q(as_guest=False) | ~Q(reason=""), name="guest_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.producer} – {self.coalition}"


class OpenSpan(models.Model):
    """From which minute of the week until which the door is open (Monday 0.00 is 0; until is past 10,080 on Sunday)."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="spans")
    begins = models.PositiveIntegerField()
    ends = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("opening span")
        verbose_name_plural = _("opening spans")
        indexes = [models.Index(fields=["begins", "ends"], name="open_span_by_minute")]
        constraints = [
            models.CheckConstraint(
                condition=Q(begins__lt=10080, ends__gt=models.F("begins"), ends__lte=20160),
                name="open_span_is_in_a_week",
            )
        ]

    def __str__(self) -> str:
        return f"{self.begins}-{self.ends}"


class Closure(models.Model):
    """Days on which the door stays shut whatever the hours say, first and last included."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="closures")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    reason = models.CharField(_("reason"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("closed period")
        verbose_name_plural = _("closed periods")
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="closure_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"


class Photo(models.Model):
    """A picture as it was made anew here: no place, no camera, no owner in it."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="photos")
    file = models.CharField(max_length=120, unique=True)
    alt = models.CharField(_("what one sees"), max_length=200)
    credit = models.CharField(_("photographer"), max_length=120, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(_("added at"))
    # Shown from his yes on.
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.alt
