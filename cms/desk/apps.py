"""Wagtail's screens for people, with the fields that our people have."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleDesk(WagtailUsersAppConfig):
    user_viewset = "cms.desk.people.PersonViewSet"
