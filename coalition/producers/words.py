"""The words by which producers, what they make and how they sell it are told apart."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Category(models.TextChoices):
    """What is made; the order in which lists show it."""

    VEGETABLES = "vegetables", _("vegetables")
    FRUIT = "fruit", _("fruit")
    POTATOES = "potatoes", _("potatoes")
    HERBS = "herbs", _("herbs and edible flowers")
    MUSHROOMS = "mushrooms", _("mushrooms")
    EGGS = "eggs", _("eggs")
    DAIRY = "dairy", _("dairy")
    MEAT = "meat", _("meat and poultry")
    FISH = "fish", _("fish")
    BREAD = "bread", _("bread, flour and grain")
    HONEY = "honey", _("honey")
    PRESERVES = "preserves", _("jam, syrup and juice")
    PREPARED = "prepared", _("soup and prepared dishes")
    NUTS = "nuts", _("nuts and oils")
    DRINKS = "drinks", _("beer, wine, cider and spirits")
    FLOWERS = "flowers", _("flowers and plants")
    BOXES = "boxes", _("boxes")
    OTHER = "other", _("no food")


class Allergen(models.TextChoices):
    """The fourteen of Regulation (EU) 1169/2011, annex II."""

    GLUTEN = "gluten", _("gluten")
    CRUSTACEANS = "crustaceans", _("crustaceans")
    EGGS = "eggs", pgettext_lazy("allergen", "egg")
    FISH = "fish", pgettext_lazy("allergen", "fish")
    PEANUTS = "peanuts", _("peanuts")
    SOY = "soy", _("soy")
    MILK = "milk", _("milk")
    NUTS = "nuts", pgettext_lazy("allergen", "nuts")
    CELERY = "celery", pgettext_lazy("allergen", "celery")
    MUSTARD = "mustard", _("mustard")
    SESAME = "sesame", _("sesame")
    SULPHITES = "sulphites", _("sulphites")
    LUPIN = "lupin", _("lupin")
    MOLLUSCS = "molluscs", _("molluscs")


class AllergenState(models.TextChoices):
    UNDECIDED = "undecided", _("not decided yet")
    NONE = "none", _("none, unprocessed")
    CONTAINS = "contains", _("contains")


class ChannelKind(models.TextChoices):
    """How one buys."""

    FARM_SHOP = "farm_shop", _("farm shop")
    VENDING_MACHINE = "vending_machine", _("vending machine")
    PICK_YOUR_OWN = "pick_your_own", _("pick your own")
    CSA = "csa", _("community supported agriculture")
    MARKET = "market", pgettext_lazy("sales channel", "market")
    BOX = "box", _("box scheme")
    PLATFORM = "platform", _("other platform")
    ROUND = "round", _("order round")


class LabelKind(models.TextChoices):
    ORGANIC = "organic", _("organic")
    IN_CONVERSION = "in_conversion", _("in conversion to organic")
    FARM_PRODUCT = "farm_product", _("farm product")
    REGIONAL = "regional", _("regional product")
    PROTECTED = "protected", _("protected designation (PDO, PGI, TSG)")
    PLANETPROOF = "planetproof", _("On the way to PlanetProof")
    CARE_FARM = "care_farm", _("care farm")


# These words may only be used by whoever holds a certificate that has not expired (L-11.8).
NEEDS_CERTIFICATE = (LabelKind.ORGANIC, LabelKind.IN_CONVERSION, LabelKind.PROTECTED, LabelKind.PLANETPROOF)


class FoodAgencyLevel(models.TextChoices):
    """The ladder of the food agency (FAVV/AFSCA): registration, authorisation, approval."""

    NONE = "", _("not given")
    PRIMARY = "primary", _("primary producer, own products only")
    REGISTERED = "registered", _("registration")
    AUTHORISED = "authorised", _("authorisation")
    APPROVED = "approved", _("approval")


class Contact(models.TextChoices):
    """What of a producer is only shown when he says so."""

    CONTACT_NAME = "contact_name", _("name of the contact")
    PHONE = "phone", _("telephone number")
    EMAIL = "email", _("e-mail address")
    ADDRESS = "address", _("street and number")
    WEBSITE = "website", _("website")


class Reach(models.TextChoices):
    """How a farmer wants to be asked."""

    MAIL = "mail", _("by e-mail")
    PHONE = "phone", _("rather call me")


class Answer(models.TextChoices):
    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


class Via(models.TextChoices):
    """How a yes reached us."""

    LINK = "link", _("by the link in a letter")
    PHONE = "phone", _("by telephone")
