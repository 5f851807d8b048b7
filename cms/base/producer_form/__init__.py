"""The form of a producer's profile, the same for a coordinator at his desk and for the farmer on his own page."""

from cms.base.producer_form.declared import DeclarationsForm
from cms.base.producer_form.differences import Difference, differences
from cms.base.producer_form.typed import ProducerForm, Wrong

__all__ = ["DeclarationsForm", "Difference", "ProducerForm", "Wrong", "differences"]
