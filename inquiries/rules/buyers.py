"""What an address says of a buyer, from when on a buyer counts as known, and how many exporters a new one may ask."""

from datetime import datetime, timedelta
from enum import StrEnum

from storefronts.rules import is_same_domain

KNOWN_AFTER = timedelta(days=7)
EXPORTERS_A_DAY = 10
A_DAY = timedelta(days=1)
OFTEN_BLOCKED = 2
"""So many firms that have blocked a buyer put him before the officers."""
LONGEST_REASON = 1000
DOTLESS_MAIL = frozenset({"gmail.com", "googlemail.com"})
"""One provider under two names, which reads a box with and without dots as one."""
FREE_FAMILIES = frozenset(
    {"yahoo", "ymail", "hotmail", "outlook", "live", "msn", "aol", "gmx", "yandex", "rocketmail", "zoho", "zohomail"}
)
"""Names under which one provider gives addresses in many countries, such as yahoo.co.uk and yahoo.fr."""
FREE_MAIL = frozenset({
    "gmail.com", "googlemail.com", "icloud.com", "me.com", "mac.com", "mail.com", "email.com", "proton.me", "protonmail.com", "pm.me",
    "tutanota.com", "tuta.io", "tuta.com", "fastmail.com", "fastmail.fm", "hushmail.com", "inbox.com", "mailfence.com", "runbox.com", "hey.com",
    "duck.com", "skiff.com", "lycos.com", "excite.com", "juno.com", "netzero.net", "usa.com", "verizon.net", "att.net", "comcast.net",
    "sbcglobal.net", "cox.net", "bellsouth.net", "charter.net", "earthlink.net", "rogers.com", "shaw.ca", "sympatico.ca", "bell.net",
    "web.de", "t-online.de", "freenet.de", "arcor.de", "posteo.de", "mailbox.org", "1und1.de", "bluewin.ch", "hispeed.ch", "chello.at", "a1.net",
    "laposte.net", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "neuf.fr", "bbox.fr", "numericable.fr", "skynet.be", "telenet.be", "proximus.be",
    "libero.it", "virgilio.it", "tiscali.it", "alice.it", "tin.it", "fastwebnet.it", "telefonica.net", "terra.es", "ya.com", "sapo.pt", "iol.pt",
    "btinternet.com", "virginmedia.com", "ntlworld.com", "sky.com", "talktalk.net", "blueyonder.co.uk", "tiscali.co.uk", "eircom.net", "ziggo.nl",
    "kpnmail.nl", "xs4all.nl", "planet.nl", "hetnet.nl", "home.nl", "telia.com", "bredband.net", "online.no", "mail.dk", "luukku.com", "saunalahti.fi",
    "wp.pl", "o2.pl", "onet.pl", "interia.pl", "op.pl", "seznam.cz", "centrum.cz", "email.cz", "post.cz", "azet.sk", "zoznam.sk", "freemail.hu", "citromail.hu",
    "abv.bg", "mail.bg", "dir.bg", "inbox.lv", "inbox.lt", "mail.ee", "hot.ee", "net.hr", "siol.net", "otenet.gr", "mynet.com", "turk.net",
    "mail.ru", "inbox.ru", "list.ru", "bk.ru", "internet.ru", "rambler.ru", "ro.ru", "ya.ru", "ukr.net", "i.ua", "meta.ua", "tut.by",
    "qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "sina.com", "sina.cn", "sohu.com", "139.com", "189.cn", "wo.cn", "aliyun.com", "tom.com", "21cn.com",
    "naver.com", "daum.net", "hanmail.net", "nate.com", "kakao.com", "docomo.ne.jp", "ezweb.ne.jp", "softbank.ne.jp", "nifty.com", "biglobe.ne.jp",
    "rediffmail.com", "indiatimes.com", "sify.com", "in.com", "bigpond.com", "optusnet.com.au", "iinet.net.au", "xtra.co.nz", "webmail.co.za", "mweb.co.za",
    "telkomsa.net", "vodamail.co.za", "uol.com.br", "bol.com.br", "terra.com.br", "ig.com.br", "globo.com", "globomail.com", "prodigy.net.mx", "fibertel.com.ar",
    "speedy.com.ar", "walla.com", "walla.co.il", "maktoob.com", "emirates.net.ae", "eim.ae", "qatar.net.qa", "batelco.com.bh",
    "mailinator.com", "guerrillamail.com", "10minutemail.com", "temp-mail.org", "yopmail.com", "trashmail.com", "sharklasers.com", "getnada.com",
})  # fmt: skip
"""Addresses that anybody can have in a minute, or that a household has with its line; the last row is thrown away after use."""


class MailKind(StrEnum):
    """What an address is: of the domain of the website that the buyer names, of some organisation's, or of everybody's."""

    OWN = "own"
    WORK = "work"
    FREE = "free"


def name_mailbox(email: str) -> str:
    """Where mails to an address arrive: in lower case, without the tag behind "+" and, where the provider ignores them, without dots.

    Two addresses with one mailbox belong to one buyer. "" for none; what is no address comes back in lower case.
    """
    box, at, host = email.strip().lower().rpartition("@")
    if not at:
        return host
    box = box.partition("+")[0] or box
    return f"{box.replace('.', '')}@gmail.com" if host in DOTLESS_MAIL else f"{box}@{host}"


def list_hosts(mailbox: str) -> tuple[str, ...]:
    """The domains behind which a mailbox may be written; none for what is no address."""
    host = mailbox.rpartition("@")[2] if "@" in mailbox else ""
    return tuple(sorted(DOTLESS_MAIL)) if host in DOTLESS_MAIL else (host,) if host else ()


def classify_mail(email: str, *, website: str = "") -> MailKind:
    """What an address says of who writes. A free one stays free, whatever website is named."""
    _box, at, host = email.strip().lower().rpartition("@")
    if not at or is_free_host(host):
        return MailKind.FREE
    return MailKind.OWN if website and is_same_domain(email, website) else MailKind.WORK


def is_free_host(host: str) -> bool:
    """The host, or what it stands under, gives addresses to everybody."""
    parts = host.split(".")
    parents = {".".join(parts[start:]) for start in range(len(parts) - 1)}
    return bool(parents & FREE_MAIL) or (len(parts) in {2, 3} and parts[0] in FREE_FAMILIES)


def is_known(since: datetime | None, *, now: datetime) -> bool:
    """Account or address is older than a week; None is somebody of whom nothing is kept."""
    return since is not None and now - since >= KNOWN_AFTER


def may_ask_another(asked: int, *, since: datetime | None, now: datetime) -> bool:
    """Who is known asks as many as they like; a new buyer ten different exporters within a day."""
    return is_known(since, now=now) or asked < EXPORTERS_A_DAY
