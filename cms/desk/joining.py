"""The coordinator's desk of joining: who waits for an answer, whom to invite, and who stands where."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from cms.desk import evidence
from coalition.base.dates import local_day
from coalition.base.errors import Refusal
from coalition.membership import actions, queries
from coalition.membership.models import Coalition, Invitation, JoinRequest, Membership
from coalition.membership.rules import may_coordinate
from coalition.territory.models import Municipality
from coalition.territory.queries import find

LONGEST = 60


def coordinated(request: HttpRequest) -> list[Coalition]:
    """The coalitions that this person coordinates today, by name; all of them for a superuser."""
    if request.user.is_superuser:
        return list(queries.coalitions())
    today = local_day(timezone.now())
    mandates = list(queries.mandates_on(request.user, today).order_by("coalition__name"))
    return [m.coalition for m in mandates if may_coordinate([m], m.coalition, today)]


class JoiningDesk(View):
    """One page for one coalition; what is not of this coalition does not exist here."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        return self.show(request, self.coalition(request, slug))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        coalition = self.coalition(request, slug)
        deed = DEEDS.get(request.POST.get("deed", ""))
        if deed is None:
            raise Http404
        try:
            done = deed(request, coalition)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return self.show(request, coalition, status=422)
        messages.success(request, done)
        return redirect("joining_desk", slug)

    def coalition(self, request: HttpRequest, slug: str) -> Coalition:
        allowed = [coalition.pk for coalition in coordinated(request)]
        return get_object_or_404(Coalition, slug=slug, pk__in=allowed)

    def show(self, request: HttpRequest, coalition: Coalition, status: int = 200) -> HttpResponse:
        now = timezone.now()
        day = local_day(now)
        asked = (request.POST.get("q") or request.GET.get("q") or "").replace("\x00", "").strip()[:LONGEST]
        memberships = list(queries.memberships_of(coalition).select_related("municipality", "accepted_by"))
        standing = {m.municipality_id: m.state_on(day) for m in memberships}
        context = {
            "coalition": coalition,
            "asked": asked,
            "matches": [(match, standing.get(match.municipality.pk)) for match in find(asked, day)] if asked else [],
            "requests": evidence.beside_requests(queries.requests_waiting(coalition)),
            "decisions": queries.decisions_waiting(coalition),
            "memberships": [(membership, membership.state_on(day)) for membership in memberships],
            "invitations": queries.invitations_open(coalition, now),
            "typed": request.POST,
        }
        return render(request, "cms/desk/joining.html", context, status=status)


def _invite(request: HttpRequest, coalition: Coalition) -> str:
    municipality = get_object_or_404(
        Municipality.objects.defer("boundary", "outline"), nis=request.POST.get("nis", "")[:5]
    )
    email, now = request.POST.get("email", "").strip(), timezone.now()
    words = {"municipality": municipality.name, "email": email}
    if not email:
        actions.invite_municipality(coalition=coalition, nis=municipality.nis, by=request.user, now=now)
        return _("%(municipality)s is invited.") % words
    role = Invitation.Role.REPRESENTATIVE
    actions.invite(
        coalition=coalition, municipality=municipality, role=role, email=email, by=request.user, now=now
    )  # fmt: skip
    return _("%(municipality)s is invited; a letter goes to %(email)s.") % words


def _accept(request: HttpRequest, coalition: Coalition) -> str:
    membership = actions.accept_membership(
        membership=_own(request, coalition, Membership), by=request.user, now=timezone.now()
    )
    return _("%(municipality)s is accepted.") % {"municipality": membership.municipality.name}


def _withdraw(request: HttpRequest, coalition: Coalition) -> str:
    membership = _own(request, coalition, Membership)
    actions.withdraw_membership(membership=membership, by=request.user, now=timezone.now())
    return _("%(municipality)s is taken off the list.") % {"municipality": membership.municipality.name}


def _accept_request(request: HttpRequest, coalition: Coalition) -> str:
    wish = _own(request, coalition, JoinRequest)
    actions.accept_request(request=wish, by=request.user, now=timezone.now())
    return _("%(person)s may speak for %(municipality)s from now on and gets a letter.") % {
        "person": wish.name,
        "municipality": wish.municipality.name,
    }


def _decline_request(request: HttpRequest, coalition: Coalition) -> str:
    wish = _own(request, coalition, JoinRequest)
    answer = request.POST.get("answer", "")[:2000]
    actions.decline_request(request=wish, answer=answer, by=request.user, now=timezone.now())
    return _("The request of %(municipality)s is declined.") % {"municipality": wish.municipality.name}


def _withdraw_invitation(request: HttpRequest, coalition: Coalition) -> str:
    actions.withdraw_invitation(invitation=_own(request, coalition, Invitation), by=request.user, now=timezone.now())
    return _("The invitation is withdrawn; its link no longer works.")


def _own(request: HttpRequest, coalition: Coalition, kind):
    key = request.POST.get("pk", "")
    if not (key.isascii() and key.isdecimal()) or len(key) > 18:
        raise Http404
    return get_object_or_404(kind.objects.select_related("coalition", "municipality"), pk=key, coalition=coalition)


DEEDS: dict[str, Callable[[HttpRequest, Coalition], str]] = {
    "invite": _invite,
    "accept": _accept,
    "withdraw": _withdraw,
    "accept_request": _accept_request,
    "decline_request": _decline_request,
    "withdraw_invitation": _withdraw_invitation,
}


class JoiningOverview(View):
    """The way to the desk of one coalition; straight there for who coordinates one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        coalitions = coordinated(request)
        if not coalitions:
            raise Http404
        if len(coalitions) == 1:
            return redirect("joining_desk", coalitions[0].slug)
        return render(request, "cms/desk/joining_overview.html", {"coalitions": coalitions})


class JoiningMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(coordinated(request))


def menu_item() -> MenuItem:
    return JoiningMenuItem(
        gettext_lazy("Municipalities"), reverse("joining_overview"), name="joining", icon_name="group", order=460
    )
