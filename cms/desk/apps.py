"""Wagtail's screens for people, with the fields that our people have."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleDesk(WagtailUsersAppConfig):
    user_viewset = "cms.desk.people.PersonViewSet"

    def ready(self) -> None:
        super().ready()
        from cms.desk import choosers, pages, references, tags

        choosers.start_from_the_page()
        pages.narrow_filters()
        references.on_every_page()
        tags.hide_the_popular()
