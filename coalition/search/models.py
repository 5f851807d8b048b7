"""The index of public pages: which words stand where. Ordinary columns, so that every database answers alike."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coalition.search.rules import LONGEST_WORD, Place


class SearchDocument(models.Model):
    """One public page as readers find it; kept by `cms/receivers.py`, gone when the page is no longer public.

    `number` is the page's own, `subject` the NIS code of the municipality whose corner it is.
    """

    class Kind(models.TextChoices):
        COALITION = "coalition", _("coalition")
        MUNICIPALITY = "municipality", _("municipality")
        NEWS = "news", _("news item")
        PAGE = "page", _("page")

    number = models.PositiveBigIntegerField(unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    coalition = models.ForeignKey(
        "coalition.Coalition", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    subject = models.CharField(max_length=5, blank=True)
    title = models.CharField(max_length=255)
    lead = models.TextField(blank=True)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=500)
    language = models.CharField(max_length=10)
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("page that is found")
        verbose_name_plural = _("pages that are found")
        ordering = ["-published_at", "-number"]

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A folded word that stands on some public page. The empty word is whose row index writers hold in turn."""

    text = models.CharField(max_length=LONGEST_WORD, unique=True)

    class Meta:
        verbose_name = _("word that is found")
        verbose_name_plural = _("words that are found")
        ordering = ["text"]

    def __str__(self) -> str:
        return self.text


class SearchKey(models.Model):
    """A way to come to a word: itself, its end from some letter on, or itself with one letter left out."""

    class Way(models.IntegerChoices):
        WHOLE = 0
        TAIL = 1
        SHORTENED = 2

    word = models.ForeignKey(SearchWord, on_delete=models.CASCADE, related_name="keys")
    way = models.PositiveSmallIntegerField(choices=Way.choices)
    key = models.CharField(max_length=LONGEST_WORD)

    class Meta:
        verbose_name = _("way to a word")
        verbose_name_plural = _("ways to words")
        ordering = ["way", "key"]
        indexes = [models.Index(fields=["way", "key", "word"], name="search_key_to_word")]

    def __str__(self) -> str:
        return self.key


class SearchOccurrence(models.Model):
    """A word stands on a page; `place` is the most telling place where it does."""

    # The constraint below is also the index by word.
    word = models.ForeignKey(SearchWord, on_delete=models.CASCADE, related_name="occurrences", db_index=False)
    document = models.ForeignKey(SearchDocument, on_delete=models.CASCADE, related_name="occurrences")
    place = models.PositiveSmallIntegerField(choices=[(place.value, place.name) for place in Place])

    class Meta:
        verbose_name = _("occurrence of a word")
        verbose_name_plural = _("occurrences of words")
        ordering = ["word", "document"]
        constraints = [models.UniqueConstraint(fields=["word", "document"], name="search_word_once_per_document")]

    def __str__(self) -> str:
        return f"{self.word_id} in {self.document_id}"
