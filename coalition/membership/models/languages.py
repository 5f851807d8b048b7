"""What was decided about languages: a coalition's choice for its shared pages, and grounds for other languages."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coalition.membership.languages import Choice, Ground
from coalition.membership.models.coalitions import Coalition
from coalition.territory.models import Municipality


class SharedLanguages(models.Model):
    """A coalition's legal choice for its shared pages; where none was recorded, Dutch and French (L-4.3)."""

    coalition = models.OneToOneField(Coalition, on_delete=models.CASCADE, related_name="shared_languages")
    choice = models.CharField(_("choice"), max_length=10, choices=Choice.choices, default=Choice.BOTH)
    reason = models.TextField(_("reason"), help_text=_("On which advice or decision the choice rests."))
    decided_on = models.DateField(_("decided on"))

    class Meta:
        verbose_name = _("languages of shared pages")
        verbose_name_plural = _("languages of shared pages")

    def __str__(self) -> str:
        return f"{self.coalition}: {self.get_choice_display()}"


class LanguageGround(models.Model):
    """Why the pages of a coalition, or the corner of a municipality, may stand in a language beside Dutch."""

    class Language(models.TextChoices):
        FRENCH = "fr", _("French")
        ENGLISH = "en", _("English")

    coalition = models.ForeignKey(
        Coalition, null=True, blank=True, on_delete=models.CASCADE, related_name="language_grounds"
    )
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.CASCADE, related_name="language_grounds"
    )
    language = models.CharField(_("language of the pages"), max_length=10, choices=Language.choices)
    ground = models.CharField(_("ground"), max_length=15, choices=Ground.choices, default=Ground.TRANSLATION)
    purpose = models.TextField(_("special purpose"), help_text=_("Why Dutch alone does not do."))
    audience = models.CharField(_("for whom"), max_length=200)
    decided_on = models.DateField(_("decided on"))
    decision_url = models.URLField(_("decision on the web"), blank=True)

    class Meta:
        verbose_name = _("ground for another language")
        verbose_name_plural = _("grounds for other languages")
        constraints = [
            models.CheckConstraint(
                condition=Q(coalition__isnull=True) ^ Q(municipality__isnull=True),
                name="language_ground_is_of_one_voice",
            ),
            models.UniqueConstraint(
                fields=["coalition", "language"],
                condition=Q(coalition__isnull=False),
                name="language_ground_once_per_coalition",
            ),
            models.UniqueConstraint(
                fields=["municipality", "language"],
                condition=Q(municipality__isnull=False),
                name="language_ground_once_per_municipality",
            ),
            models.CheckConstraint(
                condition=~Q(ground="tourist") | (Q(municipality__isnull=False) & ~Q(decision_url="")),
                name="tourist_centre_has_its_councils_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.coalition or self.municipality}: {self.get_language_display()}"
