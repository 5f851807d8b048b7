"""The desk's records of a coalition, together under one entry of the menu."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup

from cms.desk.agreements import AgreementViewSet
from cms.desk.invitations import InvitationViewSet
from cms.desk.mandates import MandateViewSet
from cms.desk.memberships import MembershipViewSet


class CoalitionRecords(ViewSetGroup):
    menu_label = _("Coalition")
    menu_name = "coalition-records"
    menu_icon = "group"
    menu_order = 470
    items = (MembershipViewSet(), MandateViewSet(), InvitationViewSet(), AgreementViewSet())
