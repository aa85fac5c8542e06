"""Line icons on a 24 by 24 field, drawn with one stroke in the colour of the text."""

ICONS: dict[str, str] = {
    "check": "M5 12.5l4.5 4.5L19 7",
    "x": "M6 6l12 12M18 6L6 18",
    "plus": "M12 5v14M5 12h14",
    "minus": "M5 12h14",
    "go": "M5 12h14M13 6l6 6-6 6",
    "back": "M19 12H5M11 6l-6 6 6 6",
    "up": "M12 20V5M6 11l6-6 6 6",
    "down": "M12 4v15M6 13l6 6 6-6",
    "download": "M12 4v12M6.5 11l5.5 5.5L17.5 11M5 20h14",
    "upload": "M12 16V4M6.5 9L12 3.5 17.5 9M5 20h14",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "list": "M9 6h11M9 12h11M9 18h11M4.5 6v.01M4.5 12v.01M4.5 18v.01",
    "search": "M11 11m-7 0a7 7 0 1 0 14 0a7 7 0 1 0-14 0M16 16l5 5",
    "mail": "M3.5 5.5h17v13h-17zM4 6.5l8 6.5 8-6.5",
    "tel": "M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3c0 1.5-1 3-3 3A15 15 0 0 1 3 6c0-2 1.5-3 3-3Z",
    "phone": "M7.5 2.5h9v19h-9zM11 18.5h2",
    "printer": "M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z",
    "doc": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "cal": "M4 6h16v14H4zM4 10.5h16M8 3v5M16 3v5",
    "clock": "M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 7v5l3.5 2",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"
    "M12 12m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "globe": "M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0M3 12h18M12 3c5 5.5 5 12.5 0 18-5-5.5-5-12.5 0-18",
    "pen": "M4 20l1-5L16 4l4 4L9 19l-5 1M14 6l4 4",
    "trash": "M4 7h16M9 7V4h6v3M6.5 7l1 13.5h9l1-13.5M10 11v5.5M14 11v5.5",
    "alert": "M12 3.5 22 20.5H2ZM12 10v5M12 17.8v.01",
    "info": "M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 11v6M12 7.5v.01",
    "q": "M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.1",
    "half": "M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 3v18",
    "play": "M7 4.5v15l12-7.5Z",
    "stop": "M8 3h8l5 5v8l-5 5H8l-5-5V8zM9 12h6",
    "coin": "M12 12m-9 0a9 9 0 1 0 18 0a9 9 0 1 0-18 0M9 8h6M9 11h6M10 8c5 0 5 6 0 6l4 4",
    "nocam": "M4 8h4l1.5-3h5L16 8h4v11H4zM3 3l18 18",
    "people": "M9 8m-3.5 0a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6"
    "M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.5c2.2.8 3.5 2.7 3.5 5.5",
    "person": "M12 8m-3.8 0a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0-7.6 0"
    "M4.5 20.5c0-4.5 3.5-6.5 7.5-6.5s7.5 2 7.5 6.5",
    "speak": "M4 5h16v11H9l-5 4Z",
    "link": "M10 14a4 4 0 0 0 6 0l3.5-3.5a4 4 0 0 0-6-6L12 6"
    "M14 10a4 4 0 0 0-6 0l-3.5 3.5a4 4 0 0 0 6 6L12 18",
    "copy": "M8 8h12v12H8zM16 8V4H4v12h4",
    "gear": "M12 12m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2"
    "M16.2 16.2l2.2 2.2M5.6 18.4l2.2-2.2M16.2 7.8l2.2-2.2",
    "leave": "M14 4H5v16h9M10 12h11M17 8l4 4-4 4",
    "flag": "M5 21V4h13l-3 4.5L18 13H5",
    "pin": "M12 21.5c4.5-5 7-8.5 7-12a7 7 0 1 0-14 0c0 3.5 2.5 7 7 12Z"
    "M12 9.5m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0",
    "key": "M8 15m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M11.5 12 20 3.5M16 7.5l3 3",
    "undo": "M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11h-4",
    "home": "M4 11.5 12 4l8 7.5V20h-5.5v-5.5h-5V20H4Z",
    "table": "M12 12m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0M12 2.5v.01M12 21.5v.01M2.5 12v.01M21.5 12v.01",
}


def icon_svg(name: str, *, css_class: str = "i") -> str:
    """The icon as inline SVG, hidden from assistive technology: a word always stands beside it."""
    path = ICONS[name]
    # the attributes repeat what the style sheet says, for mails and paper where no sheet is read
    line = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
    return (
        f'<svg class="{css_class}" viewBox="0 0 24 24" width="20" height="20" {line} aria-hidden="true">'
        f'<path d="{path}"/></svg>'
    )
