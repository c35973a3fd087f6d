"""Officers learn which words find nothing, and say what they mean."""

import re

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from core import audit
from core.errors import DomainError, NotAllowed, gettext_noop
from core.words import cut_words
from listings.models import SearchSynonym, ZeroSearch
from listings.search.synonyms import forget_synonyms

LONGEST = 80
PRIVATE = re.compile(r"@|\d{7,}|https?:")
"""What may be about a person: addresses, phone numbers, links."""


class NothingMeant(DomainError):
    """There is no word in what the officer typed."""

    message = gettext_noop("Write the word that products use, such as honey.")


def note_zero_search(*, text: str, language: str) -> None:
    """Count words that found nothing. Neither who typed them nor anything that looks like an address is kept.

    A catalogue that cannot write still answers: a failure is passed over.
    """
    words = " ".join(cut_words(text))
    if not words or len(words) > LONGEST or PRIVATE.search(text):
        return
    today = timezone.localdate()
    try:
        with transaction.atomic():
            row, is_new = ZeroSearch.objects.get_or_create(
                text=words, language=language, defaults={"first_on": today, "last_on": today}
            )
            if not is_new:
                ZeroSearch.objects.filter(pk=row.pk).update(count=F("count") + 1, last_on=today)
    except DatabaseError:  # a locked or read-only database: the count is not worth the page
        return


@transaction.atomic
def add_synonym(*, officer: User, word: str, means: str) -> SearchSynonym:
    """Whoever types `word` finds what `means` finds too; searches for it that found nothing are dealt with.

    Officers may. Raises NotAllowed, NothingMeant.
    """
    if not officer.is_officer:
        raise NotAllowed
    typed, meant = " ".join(cut_words(word)), " ".join(cut_words(means))
    if not typed or not meant or typed == meant:
        raise NothingMeant
    synonym, _is_new = SearchSynonym.objects.get_or_create(
        word=typed[:LONGEST], means=meant[:LONGEST], defaults={"added_by": officer}
    )
    ZeroSearch.objects.filter(text=typed).update(settled_at=timezone.now())
    audit.record("listings.synonym_added", subject=synonym, actor=officer, fields=["word", "means"])
    transaction.on_commit(forget_synonyms)
    return synonym


@transaction.atomic
def settle_zero_search(*, officer: User, pk: int) -> None:
    """Nothing is to be done about these words: they leave the officers' list. Officers may."""
    if not officer.is_officer:
        raise NotAllowed
    ZeroSearch.objects.filter(pk=pk).update(settled_at=timezone.now())


@transaction.atomic
def remove_synonym(*, officer: User, pk: int) -> None:
    """The word is searched as it is typed again. Officers may."""
    if not officer.is_officer:
        raise NotAllowed
    synonym = SearchSynonym.objects.filter(pk=pk).first()
    if synonym is None:
        return
    audit.record("listings.synonym_removed", subject=synonym, actor=officer, fields=["word", "means"])
    synonym.delete()
    transaction.on_commit(forget_synonyms)
