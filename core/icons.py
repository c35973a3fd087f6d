"""The icon set: the inside of each 24 x 24 drawing, and the product's own marks, as plain strings."""

ICONS: dict[str, str] = {
    "arrow": '<path d="M5 12h14m-5.5-5.5L19 12l-5.5 5.5"/>',
    "back": '<path d="M19 12H5m5.5-5.5L5 12l5.5 5.5"/>',
    "badge": (
        '<path d="m12 3 2.6 2 3.2-.2.7 3.1 2.5 2-1.3 3 .6 3.2-3 1.2-1.5 2.9L12 '
        '19.7l-3.8.5-1.5-2.9-3-1.2.6-3.2-1.3-3 2.5-2 .7-3.1 3.2.2Z"/>'
        '<path d="m8.7 11.8 2.4 2.3 4.2-4.5"/>'
    ),
    "book": '<path d="M12 6.5c-2-1.5-5-2-8-2v13c3 0 6 .5 8 2 2-1.5 5-2 8-2v-13c-3 0-6 .5-8 2Zm0 0v13"/>',
    "box": '<path d="m12 3.5 8 4.2v8.6l-8 4.2-8-4.2V7.7Zm0 0v0m-8 4.2 8 4.3 8-4.3M12 12v8.5"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15Zm4 4.5h4"/>',
    "cal": '<path d="M4 6h16v14H4Zm0 4.5h16M8 3.5V8m8-4.5V8"/>',
    "chart": '<path d="M5 20V10m5 10V4m5 16v-7m5 7V8"/>',
    "chat": '<path d="M4 5h16v11H10l-4.5 4v-4H4Z"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7.5"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.5 2"/>',
    "coin": (
        '<circle cx="12" cy="12" r="8.5"/>'
        '<path d="M14.8 9c-.6-1-1.6-1.5-2.8-1.5-1.6 0-2.9.9-2.9 2.2 0 3 5.8 1.5 5.8 4.5 0 1.4-1.3 '
        '2.3-2.9 2.3-1.3 0-2.4-.6-3-1.6M12 6v1.5m0 9V18"/>'
    ),
    "down": '<path d="M12 5v14m-5-5 5 5 5-5"/>',
    "eye": (
        '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/>'
        '<circle cx="12" cy="12" r="2.8"/>'
    ),
    "file": '<path d="M6.5 3.5h7l4 4v13h-11Zm7 0v4h4M9 12.5h6M9 16h6"/>',
    "filter": '<path d="M4 6h16M7 12h10M10 18h4"/>',
    "flag": '<path d="M6 21V4h12l-2.5 4L18 12H6"/>',
    "globe": ('<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c3 3 3 14 0 17M12 3.5c-3 3-3 14 0 17"/>'),
    "hands": ('<path d="m3 8 4-2 5 2 5-2 4 2v8l-3 1-6 3.5L6 16l-3 .5Zm9 0-3 3.5c1 1.3 2.5 1 3.5.2l1-.7 5 4.5"/>'),
    "heart": ('<path d="M12 20s-7.5-4.6-7.5-10A4.3 4.3 0 0 1 12 7.3 4.3 4.3 0 0 1 19.5 10C19.5 15.4 12 20 12 20Z"/>'),
    "home": '<path d="m4 11 8-7 8 7v9h-5.5v-6h-5v6H4Z"/>',
    "image": '<path d="M4 5h16v14H4Zm0 11 4.5-5 4 4.5 2.5-2.5 5 4.5"/><circle cx="15.5" cy="9" r="1.4"/>',
    "inbox": '<path d="M4 13 6.5 5h11L20 13v6H4Zm0 0h5l1 2h4l1-2h5"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.6v.2"/>',
    "key": '<circle cx="8" cy="15" r="4"/><path d="m11 12 8.5-8.5M16 7l2.5 2.5"/>',
    "lock": '<path d="M6 10.5h12v9.5H6Zm2.5 0V7.5a3.5 3.5 0 0 1 7 0v3"/>',
    "mail": '<path d="M3.5 6h17v12h-17Zm0 .5 8.5 6.5 8.5-6.5"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "moon": '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z"/>',
    "out": '<path d="M14 4.5H5v15h9M10 12h10m-4-4 4 4-4 4"/>',
    "phone": '<path d="M8 3h8v18H8Zm3 15h2"/>',
    "pin": (
        '<path d="M12 21s-6.5-5.7-6.5-11a6.5 6.5 0 0 1 13 0c0 5.3-6.5 11-6.5 11Z"/><circle cx="12" cy="10" r="2.3"/>'
    ),
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "scale": '<path d="M12 4v16m-5 0h10M5 7h14M5 7l-2.5 7h5Zm14 0-2.5 7h5Z"/>',
    "search": '<circle cx="11" cy="11" r="7"/><path d="m20 20-4-4"/>',
    "ship": '<path d="M4 15h16l-2.5 4.5h-11ZM6 15V9h12v6M9.5 9V5.5h5V9"/>',
    "star": '<path d="m12 4 2.5 5.2 5.5.8-4 4 1 5.7-5-2.8-5 2.8 1-5.7-4-4 5.5-.8Z"/>',
    "team": (
        '<circle cx="9" cy="8.5" r="3.3"/>'
        '<path d="M2.5 19c.6-3.5 3-5 6.5-5s5.9 1.5 6.5 5M16 5.5a3.2 3.2 0 0 1 0 6.2M18 14.3c2 .6 3.2 '
        '2.2 3.5 4.7"/>'
    ),
    "translate": (
        '<path d="M3.5 6h9M8 4v2c0 4-2 7-4.5 8.5M5 9c1 3 3.5 5 6.5 5.5M11.5 20.5 16 10l4.5 10.5M13 17.5h6"/>'
    ),
    "trash": '<path d="M5 7h14M9.5 7V4.5h5V7m-8 0 1 13h9l1-13"/>',
    "truck": (
        '<path d="M3 6.5h11v10H3Zm11 3.5h4l3 3.5v3h-7Z"/>'
        '<circle cx="7" cy="17.5" r="1.8"/>'
        '<circle cx="17" cy="17.5" r="1.8"/>'
    ),
    "undo": '<path d="M8 8H15a5 5 0 0 1 0 10H8M8 8l3.5-3.5M8 8l3.5 3.5"/>',
    "up": '<path d="M12 19V5m-5 5 5-5 5 5"/>',
    "upload": '<path d="M12 16V5m-4.5 4L12 4.5 16.5 9M5 15v4.5h14V15"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"/>',
    "warn": '<path d="M12 4 2.5 20h19ZM12 10v4.5m0 2.6v.2"/>',
    "x": '<path d="m6 6 12 12M18 6 6 18"/>',
}

MARK = (
    '<svg width="34" height="34" viewBox="0 0 40 40" aria-hidden="true" focusable="false">'
    '<rect width="40" height="40" rx="9" fill="#0A272B"/>'
    '<path d="M12 6 34 28H12Z" fill="#FFB81C"/>'
    '<path d="M8.5 12v16H5.5Z" fill="#3FC7B6"/>'
    '<path d="M5 31h30q-3 4.5-7 4.5H12Q7.5 35.5 5 31Z" fill="#fff"/>'
    "</svg>"
)

SAIL = (
    '<svg width="18" height="18" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
    '<path d="M6.5 2.5 20 16H6.5Z" fill="#FFB81C"/>'
    '<path d="m5 19 4 3.2L19.5 18" fill="none" stroke="#fff" stroke-width="2.6" '
    'stroke-linecap="round" stroke-linejoin="round"/>'
    "</svg>"
)


def svg(name: str, css_class: str = "") -> str:
    """The whole drawing; its attributes keep it small and readable when the stylesheet does not arrive."""
    classes = f"i {css_class}".strip()
    return (
        f'<svg class="{classes}" viewBox="0 0 24 24" width="20" height="20" fill="none" '
        f'stroke="currentColor" stroke-width="1.75" aria-hidden="true" focusable="false">{ICONS[name]}</svg>'
    )
