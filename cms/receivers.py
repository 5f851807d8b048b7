"""The only receivers in the project: what happens to pages is written down for the rooms, and in the index."""

from allauth.account.signals import user_logged_in
from allauth.socialaccount.signals import social_account_added
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms import printing, tongues, versions
from cms.base.acm import door
from cms.base.languages import dutch
from cms.indexing import forget_page, index_branch, index_page, index_pages, is_found_at_its_address
from coalition.activity.actions import hide_notice, keep_notice, record
from coalition.activity.models import Notice
from coalition.activity.verbs import Verb
from coalition.base import freshness
from coalition.evidence import actions as evidence


def connect() -> None:
    """Called once, when every app is loaded."""
    page_published.connect(_published, dispatch_uid="notice_published")
    page_unpublished.connect(_unpublished, dispatch_uid="notice_unpublished")
    page_slug_changed.connect(_address_changed, dispatch_uid="notice_slug")
    post_page_move.connect(_moved, dispatch_uid="notice_moved")
    pre_delete.connect(_deleted, dispatch_uid="notice_deleted")
    post_delete.connect(_gone, dispatch_uid="index_deleted")
    post_save.connect(_closed, sender=PageViewRestriction, dispatch_uid="notice_private")
    post_delete.connect(_opened, sender=PageViewRestriction, dispatch_uid="notice_public")
    m2m_changed.connect(_readers_changed, sender=PageViewRestriction.groups.through, dispatch_uid="version_readers")
    user_logged_in.connect(_signed_in, dispatch_uid="evidence_signed_in")
    social_account_added.connect(_linked, dispatch_uid="evidence_linked")
    post_save.connect(_created, dispatch_uid="index_created")
    post_save.connect(_site_changed, sender=Site, dispatch_uid="index_site")
    for model in (get_image_model(), get_document_model()):
        post_save.connect(_file_changed, sender=model, dispatch_uid=f"file_saved_{model.__name__}")
        post_delete.connect(_file_changed, sender=model, dispatch_uid=f"file_deleted_{model.__name__}")


def key_of(page: Page) -> str:
    """The name under which rooms know a page; a page keeps it wherever it is moved."""
    return f"page:{page.pk}"


def write_notice(page: Page, *, significant: bool) -> Notice | None:
    """Write down the page as it is now, if it is one that readers are told of; None outside a coalition."""
    page = page.specific
    coalition_page = getattr(page, "coalition_page", None)
    if coalition_page is None or coalition_page.pk == page.pk or not getattr(page, "is_news", False):
        return None
    return keep_notice(
        key=key_of(page),
        coalition=coalition_page.coalition,
        kind=page._meta.model_name,
        title=page.title,
        summary=page.lead,
        url=page.get_url() or "",
        language=page.locale.language_code,
        translation_of=_translated(page),
        visible=page.live and not page.get_view_restrictions().exists(),
        first_published_at=page.first_published_at or timezone.now(),
        significant=significant,
        now=timezone.now(),
    )


def _created(sender, instance, created: bool, raw: bool = False, **kwargs) -> None:
    """A copy, an alias or a translation may be live from the start, and is never said to be published."""
    if created and not raw and isinstance(instance, Page) and instance.live:
        index_page(instance)


def _translated(page: Page) -> str:
    """The key of the Dutch page that this one is a version of; empty for the Dutch page itself."""
    source = versions.version_of(page, dutch())
    return key_of(source) if source is not None and source.pk != page.pk else ""


def _published(sender, instance: Page, revision=None, **kwargs) -> None:
    known = Notice.objects.filter(key=key_of(instance)).exists()
    notice = write_notice(instance, significant=False)
    _remember(Verb.PAGE_CHANGED if known else Verb.PAGE_PUBLISHED, instance, revision)
    if is_found_at_its_address(instance):
        index_page(instance)
    else:
        index_branch(instance)
    if notice is None:
        _refresh_below(instance)
    tongues.publish_together(instance, user=getattr(revision, "user", None))
    if tongues.stands_unlawfully(instance):
        # By a way that asked nobody, such as the end of a workflow: the law does not ask which way it was.
        instance.unpublish()
    elif instance.live:
        printing.ask_on_publishing(instance, by=getattr(revision, "user", None), now=timezone.now())


def _unpublished(sender, instance: Page, **kwargs) -> None:
    hide_notice(key=key_of(instance))
    index_branch(instance)
    _refresh_below(instance)
    _remember(Verb.PAGE_HIDDEN, instance)
    tongues.withdraw_together(instance)


def _moved(sender, instance: Page, **kwargs) -> None:
    _address_changed(sender, instance)
    versions.follow(instance)


def _address_changed(sender, instance: Page, **kwargs) -> None:
    instance.__dict__.pop("coalition_page", None)
    write_notice(instance, significant=False)
    index_branch(instance)
    _refresh_below(instance)
    freshness.stale(freshness.EVERYWHERE)


def _deleted(sender, instance, **kwargs) -> None:
    if isinstance(instance, Page):
        hide_notice(key=key_of(instance))
        tongues.withdraw_together(instance)
        freshness.stale(freshness.EVERYWHERE)


def _gone(sender, instance, **kwargs) -> None:
    """Only now: on its way out Wagtail says that a page is withdrawn, while it still stands there."""
    if isinstance(instance, Page):
        forget_page(instance)


def _closed(sender, instance: PageViewRestriction, **kwargs) -> None:
    _privacy_changed(instance)
    versions.share_privacy(instance)


def _opened(sender, instance: PageViewRestriction, origin=None, **kwargs) -> None:
    if issubclass(getattr(origin, "model", type(origin)), Page):
        # The page itself is on its way out, and half of it is gone already.
        return
    _privacy_changed(instance)
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        versions.open_to_all(page)


def _readers_changed(sender, instance, action: str, reverse: bool, **kwargs) -> None:
    if action.startswith("post_") and not reverse:
        versions.share_readers(instance)


def _privacy_changed(instance: PageViewRestriction) -> None:
    page = Page.objects.filter(pk=instance.page_id).first()
    if page is not None:
        write_notice(page, significant=False)
        index_branch(page)
        _refresh_below(page)
        freshness.stale(freshness.EVERYWHERE)


def _site_changed(sender, instance: Site, raw: bool = False, **kwargs) -> None:
    """Which pages have an address at all, and which one, depends on where the site begins."""
    if not raw:
        Site.clear_site_root_paths_cache()
        index_pages(Page.objects.all())


def _file_changed(sender, instance, **kwargs) -> None:
    freshness.stale(freshness.EVERYWHERE)


def _refresh_below(page: Page) -> None:
    """Pages below a page inherit its privacy and part of its address."""
    below = Page.objects.descendant_of(page).in_bulk()
    for key in Notice.objects.filter(key__in=[f"page:{pk}" for pk in below]).values_list("key", flat=True):
        write_notice(below[int(key.removeprefix("page:"))], significant=False)


def _remember(verb: Verb, page: Page, revision=None) -> None:
    coalition = getattr(page.specific, "coalition", None)
    record(
        verb,
        subject=page,
        by=getattr(revision, "user", None),
        about=coalition,
        now=timezone.now(),
        locale=page.locale.language_code if page.locale_id else Locale.get_default().language_code,
    )


def _signed_in(sender, request, user, sociallogin=None, **kwargs) -> None:
    """Only a sign-in that is complete is evidence: the second factor, where there is one, has been shown."""
    if sociallogin is not None:
        door.remember(request, user, sociallogin)


def _linked(sender, request, sociallogin, **kwargs) -> None:
    door.remember(request, sociallogin.user, sociallogin)
    evidence.note_linked(person=sociallogin.user, by=sociallogin.user, now=timezone.now(), linked=True)
