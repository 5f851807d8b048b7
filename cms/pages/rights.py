"""What somebody may do with one of our pages: Wagtail's answers, without a query where the page itself knows them.

The explorer asks for every row whether it may be deleted and moved. Of whoever may not publish, Wagtail looks for
published pages from this one downwards, a query each time, although the page in hand mostly says it: it is published
itself, or nothing stands below it.
"""

from wagtail.models import Page, PagePermissionTester


class Rights(PagePermissionTester):
    def can_delete(self, ignore_bulk: bool = False) -> bool:
        """As Wagtail's own; see there for the rules."""
        user, page = self.user, self.page
        if not user.is_active or user.is_superuser or self.page_is_root:
            return super().can_delete(ignore_bulk)
        publishes = "publish" in self.permissions
        if page.live and not publishes:
            return False
        if not page.is_leaf():
            return super().can_delete(ignore_bulk)
        return "change" in self.permissions or ("add" in self.permissions and page.owner_id == user.pk)


class KnowsItsRights:
    """A page that answers for itself who may do what."""

    def permissions_for_user(self: Page, user) -> PagePermissionTester:
        return Rights(user, self)
