"""Whatever the house says to people it says in Dutch and in French, completely."""

import pytest
from babel.messages.catalog import Message
from django.utils.translation import override, to_locale

from tests.house import catalogue

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture(scope="module")
def said():
    return catalogue.gather()


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_every_sentence_is_in_the_catalogue_and_none_that_nobody_says(language, said):
    wanted = {(message.id, message.context) for message in said if message.id}
    there = {(message.id, message.context) for message in catalogue.read(language) if message.id}

    assert there == wanted, "run `make words`"


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_every_sentence_is_translated_with_its_placeholders(language):
    wrong = {message.id: catalogue.trouble(message) for message in catalogue.read(language) if message.id}

    assert {sentence: reason for sentence, reason in wrong.items() if reason} == {}


@pytest.mark.parametrize("language", catalogue.LANGUAGES)
def test_a_catalogue_is_written_the_same_way_twice(language, said):
    assert catalogue.merged(language, said) == catalogue.path_of(language).read_bytes(), "run `make words`"


def test_sentences_are_found_in_python():
    source = 'a = _("One")\nb = ngettext("%(n)d egg", "%(n)d eggs", n)\nc = pgettext_lazy("month", "May"), _("In")'

    assert list(catalogue.said_in(source)) == [
        ("One", None),
        (("%(n)d egg", "%(n)d eggs"), None),
        ("May", "month"),
        ("In", None),
    ]


def test_sentences_are_found_in_templates_whatever_their_indentation():
    source = """
<ul>
        <li>{% translate "Fresh" %} it's {{ name }}
    {% if a %}"quotes" ' (
  {% blocktranslate trimmed count n=eggs %}
      {{ n }} egg
      today
    {% plural %}
      {{ n }} eggs today
  {% endblocktranslate %}
      {% endif %}
 {% include "part.html" with title=_("Title") %}
{% blocktranslate context "month" %}May{% endblocktranslate %}
</ul>"""

    assert list(catalogue.said_in(source, template=True)) == [
        ("Fresh", None),
        (("%(n)s egg today", "%(n)s eggs today"), None),
        ("Title", None),
        ("May", "month"),
    ]


@pytest.mark.parametrize(
    ("sentence", "translation", "reason"),
    [
        ("Hello %(name)s", "Dag %(name)s", None),
        ("Hello %(name)s", "", "empty"),
        ("Hello %(name)s", "Dag", "a placeholder is missing"),
        ("Hello", "Dag %(name)s", "a placeholder that the sentence does not have"),
        ("Hello {name}", "Dag {naam}", "a placeholder that the sentence does not have"),
        (("One egg", "%(n)s eggs"), ("Eén ei", "%(n)s eieren"), None),
        (("One egg", "%(n)s eggs"), ("Eén ei", ""), "empty"),
        (("%(n)s egg", "%(n)s eggs"), ("%(n)s ei", "eieren"), "a placeholder is missing"),
    ],
)
def test_what_is_wrong_with_a_translation_is_named(sentence, translation, reason):
    assert catalogue.trouble(Message(sentence, translation)) == reason


def test_a_fuzzy_translation_is_no_translation():
    assert catalogue.trouble(Message("Hello", "Dag", flags=("fuzzy",))) == "fuzzy"


def test_compiled_words_are_the_words_of_the_catalogue(tmp_path, settings):
    from django.core.management import call_command
    from django.utils.translation import trans_real

    source = tmp_path / "locale" / to_locale("nl") / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    source.write_text(header + '\nmsgid "Turnips from the garden"\nmsgstr "Rapen uit de tuin"\n', encoding="utf-8")
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    call_command("compile_words")

    trans_real._translations.clear()
    try:
        with override("nl"):
            assert trans_real.gettext("Turnips from the garden") == "Rapen uit de tuin"
    finally:
        trans_real._translations.clear()
