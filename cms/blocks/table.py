"""Facts in rows and columns: a table that says what it is about, with headers that a screen reader can follow."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock, TypedTableBlockValidationError

LINE = ["bold", "italic", "link", "document-link"]


class CellsBlock(TypedTableBlock):
    """Rows and columns with a caption and a heading above every column."""

    text = blocks.CharBlock(label=_("Words"), required=False)
    figures = blocks.CharBlock(label=_("Figures"), required=False, icon="decimal")
    rich = blocks.RichTextBlock(label=_("Words with links"), features=LINE, required=False)

    def clean(self, table):
        table = super().clean(table)
        if not self.is_deferred_validation:
            faults = list(_faults(table))
            if faults:
                raise TypedTableBlockValidationError(non_block_errors=faults)
        return table


def _faults(table):
    if not table.caption.strip():
        yield ValidationError(_("Say in the caption what the table is about."))
    if not table.columns or not table.row_data:
        yield ValidationError(_("Give the table at least one column and one row."))
    if any(not column["heading"].strip() for column in table.columns):
        yield ValidationError(_("Give every column a heading."))


class DataTableBlock(blocks.StructBlock):
    table = CellsBlock(label=_("Table"))
    rows_have_names = blocks.BooleanBlock(
        label=_("The first column names the row"), required=False, default=True,
        help_text=_("A screen reader then says that name with every cell."),
    )  # fmt: skip

    class Meta:
        icon = "table"
        template = "cms/blocks/table.html"
