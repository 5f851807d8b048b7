"""By what right a profile is public: what the farmer declared, agreed to and confirmed, and by which link."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.membership.models import Coalition
from coalition.membership.models.joining import nonce
from coalition.producers.models.producers import Producer
from coalition.producers.words import Answer, Contact, Via


class Principles(models.Model):
    """A version of what a coalition understands by short chain: five principles, adopted on a day, never changed after.

    `items` are dicts of `key`, `title` and `text`.
    """

    coalition = models.ForeignKey(Coalition, on_delete=models.CASCADE, related_name="principles")
    version = models.PositiveSmallIntegerField(_("version"))
    adopted_on = models.DateField(_("adopted on"))
    items = models.JSONField(_("principles"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("principles")
        verbose_name_plural = _("principles")
        ordering = ["coalition", "-version"]
        constraints = [models.UniqueConstraint(fields=["coalition", "version"], name="principles_version_stands_once")]

    def __str__(self) -> str:
        return f"{self.coalition}, {self.adopted_on}"


class Declaration(models.Model):
    """What a producer declares of himself on one principle of one version."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="declarations")
    principles = models.ForeignKey(Principles, on_delete=models.PROTECT, related_name="declarations")
    key = models.SlugField(max_length=20)
    answer = models.CharField(_("answer"), max_length=6, choices=Answer.choices)
    words = models.CharField(_("how"), max_length=300, blank=True)
    declared_at = models.DateTimeField(_("declared at"))

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        constraints = [
            models.UniqueConstraint(fields=["producer", "principles", "key"], name="declaration_stands_once")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.get_answer_display()}"


class FieldConsent(models.Model):
    """Proof that a farmer agreed to show one field, or took that back; rows are added, never changed."""

    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="consents")
    field = models.CharField(_("field"), max_length=15, choices=Contact.choices)
    given = models.BooleanField(_("agreed"))
    at = models.DateTimeField(_("at"))
    via = models.CharField(_("how"), max_length=5, choices=Via.choices)
    # The sentence he agreed to, as it stood.
    words = models.CharField(_("words"), max_length=300)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("noted by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = _("consent to show a field")
        verbose_name_plural = _("consents to show a field")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.field}: {self.given}"


class ProducerDraft(models.Model):
    """What a coordinator would change about a confirmed profile; it waits for the farmer's yes."""

    producer = models.OneToOneField(Producer, on_delete=models.CASCADE, related_name="draft")
    facts = models.JSONField()
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("change that waits")
        verbose_name_plural = _("changes that wait")

    def __str__(self) -> str:
        return str(self.producer)


class FarmerLink(models.Model):
    """What a letter to a farmer opens: his own profile, for half an hour and one confirmation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    producer = models.ForeignKey(Producer, on_delete=models.CASCADE, related_name="links")
    # For which coalition he is asked.
    coalition = models.ForeignKey(Coalition, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    nonce = models.CharField(max_length=32, default=nonce, editable=False)
    asked_at = models.DateTimeField(_("asked at"), db_index=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    # When it stopped working: by his confirmation, or because a newer one took its place.
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("link for a farmer")
        verbose_name_plural = _("links for farmers")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(fields=["producer"], condition=Q(used_at__isnull=True), name="one_link_is_open")
        ]

    def __str__(self) -> str:
        return str(self.pk)
