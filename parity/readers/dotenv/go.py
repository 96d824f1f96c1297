"""Characters as Go's package unicode sorts them: https://pkg.go.dev/unicode"""

import unicodedata

# unicode.IsSpace. Python's isspace counts the separators from U+001C to U+001F in.
SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def letter_or_number(char: str) -> bool:
    """unicode.IsLetter, or unicode.IsNumber."""
    return char.isalnum() if char.isascii() else unicodedata.category(char)[0] in "LN"
