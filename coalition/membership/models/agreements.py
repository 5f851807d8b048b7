"""On what footing municipalities work together: the agreement between them, and whom each of them delegates."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.membership.models.coalitions import Coalition, Membership

# What an agreement must deal with (decree on local government, part 3; L-7.1), in the order of the law.
HEADINGS = (
    "duration",
    "notice",
    "contributions",
    "organisation",
    "rights_and_duties",
    "information",
    "evaluation",
    "accounts",
    "financial_control",
    "winding_up",
)


class Agreement(models.Model):
    """The agreement of one coalition; a heading without a word in it is one that is missing."""

    class Form(models.TextChoices):
        CONSULTATION = "consultation", _("consultation without an agreement")
        INTERLOCAL = "interlocal", _("interlocal association")
        PROJECT = "project", _("project association")
        SERVICE = "service", _("service association")
        MANDATED = "mandated", _("association with a mandate")

    coalition = models.OneToOneField(Coalition, on_delete=models.CASCADE, related_name="agreement")
    form = models.CharField(_("form"), max_length=15, choices=Form.choices, default=Form.INTERLOCAL)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    url = models.URLField(_("agreement on the web"), blank=True)
    duration = models.TextField(_("duration and extension"), blank=True)
    notice = models.TextField(_("notice"), blank=True)
    contributions = models.TextField(_("contributions and their management"), blank=True)
    organisation = models.TextField(_("internal organisation"), blank=True)
    rights_and_duties = models.TextField(_("mutual rights and duties"), blank=True)
    information = models.TextField(_("information to the participants"), blank=True)
    evaluation = models.TextField(_("yearly evaluation by the councils"), blank=True)
    accounts = models.TextField(_("accounts and result"), blank=True)
    financial_control = models.TextField(_("financial control"), blank=True)
    winding_up = models.TextField(_("winding up"), blank=True)
    changed_at = models.DateTimeField(_("changed at"))

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")

    def __str__(self) -> str:
        return str(self.coalition)

    def missing(self) -> list[str]:
        """The names of the headings that the law asks for and nobody has written yet, in the order of the law."""
        return [name for name in HEADINGS if not getattr(self, name).strip()]


class Delegate(models.Model):
    """Whom a council sends to the management committee (L-7.2): a councillor, alderman or mayor."""

    class Office(models.TextChoices):
        MAYOR = "mayor", _("mayor")
        ALDERMAN = "alderman", _("alderman")
        COUNCILLOR = "councillor", _("councillor")

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="delegates")
    name = models.CharField(_("name of the delegate"), max_length=120)
    office = models.CharField(_("office"), max_length=12, choices=Office.choices)

    class Meta:
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["membership", "name"], name="delegate_is_sent_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.get_office_display()})"
