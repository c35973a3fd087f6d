"""What certificates offer the apps above: news of a change, and the products that an app says a certificate covers."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from certifications.rules.scope import ProductFacts

ChangeHook = Callable[..., None]


@dataclass(frozen=True)
class CoveredProduct:
    """A product that the exporter puts under a certificate. `result` is a tick's: pass, fail or unknown; `sentence` says why.

    `counts` says whether buyers see the certificate beside it (once it is verified): the rules agree, or an officer did.
    """

    id: int
    title: str
    url: str
    result: str
    sentence: str
    counts: bool
    is_confirmed: bool


@dataclass(frozen=True)
class CoverageSource:
    """Who knows the products. `list_products(certificate_id=)`; `confirm_products(officer=, certificate_id=, product_ids=)`
    makes exactly these of its products count, whatever the rules say, in the caller's transaction. `list_facts(certificate_id=)`
    gives (title, `rules.scope.ProductFacts`) of each. `take_over(member=, certificate_id=, replaces_id=)` puts the products of one
    certificate under the next."""

    list_products: Callable[..., Sequence[CoveredProduct]]
    list_facts: Callable[..., Sequence[tuple[str, ProductFacts]]]
    take_over: Callable[..., None]
    confirm_products: Callable[..., None]


_hooks: list[ChangeHook] = []
_coverage: list[CoverageSource] = []


def on_certificate_change(hook: ChangeHook) -> None:
    """`hook(*, certificate_id)` runs in the transaction in which buyers come to see a certificate differently."""
    if hook not in _hooks:
        _hooks.append(hook)


def tell_certificate_change(*, certificate_id: int) -> None:
    """Call every hook, in the caller's transaction: verified, revoked, withdrawn, begun or ended."""
    for hook in _hooks:
        hook(certificate_id=certificate_id)


def register_coverage(source: CoverageSource) -> None:
    """Called in `AppConfig.ready()`; there is one."""
    _coverage[:] = [source]


def list_covered_products(*, certificate_id: int) -> list[CoveredProduct]:
    """The products that a certificate is said to cover; none where nobody knows products."""
    return [product for source in _coverage for product in source.list_products(certificate_id=certificate_id)]


def list_product_facts(*, certificate_id: int) -> list[tuple[str, ProductFacts]]:
    """The same products, as the rules of scope read them."""
    return [facts for source in _coverage for facts in source.list_facts(certificate_id=certificate_id)]


def take_over_products(*, member: object, certificate_id: int, replaces_id: int) -> None:
    """The next certificate is meant for the products of the one that it replaces."""
    for source in _coverage:
        source.take_over(member=member, certificate_id=certificate_id, replaces_id=replaces_id)


def confirm_covered_products(*, officer: object, certificate_id: int, product_ids: Collection[int]) -> None:
    """An officer says which of the products it really covers."""
    for source in _coverage:
        source.confirm_products(officer=officer, certificate_id=certificate_id, product_ids=product_ids)
