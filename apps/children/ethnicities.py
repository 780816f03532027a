"""What the codes of ethnic groups mean, as data: the school census and the NHS write the same groups in two ways."""

GROUPS = {
    "White British": ("WBRI", "A"),
    "White Irish": ("WIRI", "B"),
    "Traveller of Irish heritage": ("WIRT",),
    "Gypsy or Roma": ("WROM",),
    "Any other White background": ("WOTH", "C"),
    "White and Black Caribbean": ("MWBC", "D"),
    "White and Black African": ("MWBA", "E"),
    "White and Asian": ("MWAS", "F"),
    "Any other mixed background": ("MOTH", "G"),
    "Indian": ("AIND", "H"),
    "Pakistani": ("APKN", "J"),
    "Bangladeshi": ("ABAN", "K"),
    "Chinese": ("CHNE", "R"),
    "Any other Asian background": ("AOTH", "L"),
    "Black Caribbean": ("BCRB", "M"),
    "Black African": ("BAFR", "N"),
    "Any other Black background": ("BOTH", "P"),
    "Any other ethnic group": ("OOTH", "S"),
    "Not known or not said": ("NOBT", "REFU", "Z", "99", ""),
}
NAMES = {code: name for name, codes in GROUPS.items() for code in codes}


def group_of(code: str) -> str:
    """The group a code stands for; a code not listed stands as it came."""
    return NAMES.get(code.strip().upper(), code)
