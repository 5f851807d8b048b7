"""Two parts of a brochure's form: the choice by hand, and how far its PDF files are."""

from wagtail.admin.panels import InlinePanel, Panel

from cms.pages.brochures.form import PickForm


class PicksPanel(InlinePanel):
    """Lines of producers, each line offering the coalition's own."""

    def get_form_options(self) -> dict:
        options = super().get_form_options()
        options["formsets"][self.relation_name]["form"] = PickForm
        return options


class SheetsPanel(Panel):
    """Read only: for each kind of paper whether it is ready, how far it is, and what could not be printed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "cms/desk/parts/sheets.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context=None) -> dict:
            from cms.pages.brochures.sheets import prints_of

            return super().get_context_data(parent_context) | {"prints": prints_of(self.instance)}
