"""People in the admin: for superusers, who invite founders and help whoever is locked out."""

from allauth.account.models import EmailAddress
from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import AccountView, BaseSettingsPanel, LocaleSettingsPanel, NameEmailSettingsPanel
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.models import UserProfile
from wagtail.users.views.users import IndexView, UserViewSet

from coalition.people.models import Person


class AddPersonForm(UserCreationForm):
    first_name = last_name = None

    class Meta(UserCreationForm.Meta):
        model = Person
        fields = ["email", "name", "is_superuser", "groups"]

    def clean_email(self) -> str:
        return clean_address(self.cleaned_data["email"], self.instance)

    def save(self, commit: bool = True) -> Person:
        # Nobody has a password: a code by mail is the way in.
        if self.instance._state.adding:
            self.instance.set_unusable_password()
        return super().save(commit)


class EditPersonForm(UserEditForm):
    first_name = last_name = None

    class Meta(UserEditForm.Meta):
        model = Person
        fields = ["email", "name", "is_active", "is_superuser", "groups"]

    def clean_email(self) -> str:
        return clean_address(self.cleaned_data["email"], self.instance)

    def save(self, commit: bool = True) -> Person:
        person = super().save(commit)
        # allauth keeps addresses of its own: the old one must not open this account any longer.
        EmailAddress.objects.filter(user=person).exclude(email__iexact=person.email).delete()
        return person


def clean_address(email: str, person: Person) -> str:
    """The address in small letters; raises ValidationError when somebody else has it."""
    address = email.strip().lower()
    if Person.objects.filter(email__iexact=address).exclude(pk=person.pk).exists():
        raise forms.ValidationError(_("Somebody with this e-mail address is known already."), code="known")
    return address


class PeopleList(IndexView):
    search_fields = {"name", "email"}

    @cached_property
    def columns(self) -> list:
        columns = super().columns
        next(column for column in columns if column.name == "name").sort_key = "name"
        return columns

    def order_queryset(self, queryset):
        if self.ordering in ("name", "-name"):
            return queryset.order_by(self.ordering, "email")
        return super().order_queryset(queryset)


class PersonViewSet(UserViewSet):
    index_view_class = PeopleList
    create_template_name = "cms/desk/person_create.html"
    edit_template_name = "cms/desk/person_edit.html"

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return EditPersonForm if for_update else AddPersonForm


# Names and addresses are ours; a language is never kept with a person (finding F1), and there is one time zone.
NOT_OURS = (NameEmailSettingsPanel, LocaleSettingsPanel)


class NameForm(forms.ModelForm):
    class Meta:
        model = Person
        fields = ["name"]


class NamePanel(BaseSettingsPanel):
    name = "name"
    title = _("Name")
    order = 100
    form_class = NameForm


class OwnAccount(AccountView):
    """What somebody in the admin says of themselves; address and second factor are changed at /accounts/."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        person = self.request.user
        ours = NamePanel(self.request, person, UserProfile.get_for_user(person))
        return [ours, *(panel for panel in super().get_panels() if not isinstance(panel, NOT_OURS))]
