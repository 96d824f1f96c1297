"""Tells a secret from a placeholder, by the form of a value and by its name.

Forms: https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
Few false alarms count for more than every secret: what reads like words, and what opens nothing but a server of this machine or
of a compose network, is none.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from math import log2

# Nothing that is longer is one value of a setting; a key pair's text is about 3,000 characters.
LONGEST = 20_000

# What a value must hold to be looked at more closely, the pattern, and what it is.
FORMS = (
    ("KIA", r"(?<![A-Z0-9])AKIA(?P<body>[A-Z2-7]{16})(?![A-Z0-9])", "an AWS access key id"),
    ("SIA", r"(?<![A-Z0-9])ASIA(?P<body>[A-Z2-7]{16})(?![A-Z0-9])", "an AWS access key id"),
    ("gh", r"\bgh[pousr]_(?P<body>[A-Za-z0-9]{36,251})(?!\w)", "a GitHub token"),
    ("github_pat_", r"\bgithub_pat_(?P<body>[A-Za-z0-9_]{50,251})(?!\w)", "a GitHub token"),
    ("glpat-", r"\bglpat-(?P<body>[\w-]{20,})", "a GitLab token"),
    ("xox", r"\bxox[abeoprs]-(?P<body>[0-9A-Za-z-]{20,})", "a Slack token"),
    (
        "hooks.slack.com",
        r"hooks\.slack\.com/services/T\w{6,}/B\w{6,}/(?P<body>\w{20,})",
        "the address of a Slack webhook",
    ),
    ("k_live_", r"\b[sr]k_live_(?P<body>[0-9A-Za-z]{16,})", "a live key of Stripe"),
    ("k_test_", r"\b[sr]k_test_(?P<body>[0-9A-Za-z]{16,})", "a test key of Stripe"),
    ("whsec_", r"\bwhsec_(?P<body>[0-9A-Za-z+/=]{24,})", "a webhook secret of Stripe"),
    ("SG.", r"\bSG\.(?P<body>[\w-]{20,24}\.[\w-]{39,50})", "a SendGrid key"),
    ("AIza", r"\bAIza(?P<body>[\w-]{35})(?![\w-])", "a Google API key"),
    ("GOCSPX-", r"\bGOCSPX-(?P<body>[\w-]{28})", "a Google client secret"),
    ("sk-ant-", r"\bsk-ant-(?P<body>[\w-]{40,})", "an Anthropic key"),
    ("T3BlbkFJ", r"\bsk-(?P<body>[\w-]*T3BlbkFJ[\w-]+)", "an OpenAI key"),
    ("key-", r"\bkey-(?P<body>[0-9a-f]{32})\b", "a Mailgun key"),
    ("SK", r"\bSK(?P<body>[0-9a-f]{32})\b", "a Twilio key"),
    ("npm_", r"\bnpm_(?P<body>[A-Za-z0-9]{36})\b", "an npm token"),
    ("pypi-", r"\bpypi-(?P<body>AgEIcHlwaS5vcmc[\w-]{50,})", "a PyPI token"),
    ("_v1_", r"\bdo[opr]_v1_(?P<body>[0-9a-f]{64})\b", "a DigitalOcean token"),
    ("HRKU-", r"\bHRKU-(?P<body>[\w-]{30,})", "a Heroku API key"),
    (":AA", r"\b\d{8,10}:(?P<body>AA[\w-]{33})(?![\w-])", "a Telegram bot token"),
    (
        "PRIVATE KEY",
        r"-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----(?P<body>(?:\\n|\s)*[A-Za-z0-9+/=]{40,})",
        "a private key",
    ),
)

# https://docs.stripe.com/keys shows these to everybody.
PUBLIC = ("4eC39HqLyjWDarjtT1zdp7dc", "BQokikJOvBiI2HlWgH4olfQ2", "tR3PYbcVNZZ796tH88S4VQ2u")

UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
URL = re.compile(
    r"\b[a-z][a-z0-9+.-]{0,30}://(?P<user>[^\s:/@'\"]*):(?P<password>[^\s/@'\"]+)@(?P<host>\[[^\]]*\]|[^\s:/?#'\",]+)",
    re.IGNORECASE,
)

SECRET_NAME = re.compile(
    r"(?:SECRET|PASSWORD|PASSWD|PASSPHRASE|TOKEN|CREDENTIALS?|APIKEY|SALT|PEPPER)(?=_|\d*$)|(?<![A-Z])(?:PASS|PWD|PW)(?=_|\d*$)"
    r"|(?<![A-Z])(?:API|ACCESS|PRIVATE|ENCRYPTION|SIGNING|AUTH|MASTER|SECRET|SERVICE|SESSION|HMAC|JWT|FERNET|CRYPTO|ADMIN)_{0,2}KEY"
    r"|(?<![A-Z])KEY_?BASE"
)

# What such a word is part of when the value itself is none: the name of a secret, how long a token lasts.
OTHER_NAME = re.compile(
    r"(?:^|_)(?:PUBLIC|PUBLISHABLE|ANON|SITE)(?:_|$)|^(?:NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|GATSBY|NUXT_PUBLIC|VUE_APP)_"
    r"|_(?:IDS?|URL|URI|FILE|PATH|DIR|NAME|HEADER|FIELD|PARAM|PREFIX|SUFFIX|ARN|REGION|HOST|PORT|USER|USERNAME|EMAIL|ISSUER"
    r"|AUDIENCE|ALGORITHM|ALG|TYPE|CLASS|BACKEND|ENDPOINT|MODEL|ENABLED|REQUIRED|VALIDATORS|HASHERS|AGE|TTL|EXPIRY|EXPIRES"
    r"|EXPIRATION|EXPIRE|LIFETIME|TIMEOUT|LENGTH|SIZE|LIMIT|COUNT|MINUTES|HOURS|DAYS|SECONDS|IN|VERSION|HINT|POLICY|SCOPES?"
    r"|FORMAT|STORE|PROVIDER)\d*$"
    r"|^(?:MAX|MIN|NUM|USE|ENABLE|DISABLE|HAS|IS)_"
)

# These names belong to browsers: what a site gives to everybody.
BROWSERS = re.compile(
    r"^(?:NEXT_PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|GATSBY|NUXT_PUBLIC|VUE_APP)_|PUBLISHABLE|_PUBLIC_|SITE_KEY|FIREBASE"
)

PLACEHOLDER = re.compile(
    r"chang(?:e|ing).?(?:me|this|it|in)|your|example|sample|placeholder|insert|replace|todo|fixme|dummy|fake|foobar|redacted"
    r"|masked|insecure|not.{0,3}secret|p[a@]ssw[o0]rd|s[e3]cr[e3]t|hunter2|letmein|qwerty|generat|random|goes.?here|.here$|paste"
    r"|fill|x{4}|(?:^|[^a-z])xxx(?:[^a-z]|$)|\*{4}|\.{3}|…|<[^>]*>|\[[^\]]*\]$|\{[^}]*\}|%\(\w+\)s"
    r"|(?:^|[^a-z0-9])(?:dev|test|local|demo|ci|docker|development|testing)(?:[^a-z0-9]|$)",
    re.IGNORECASE,
)

# A value that is code's, not a secret's: a path, a dotted name, a flag, a number, a list of words.
PLAIN = re.compile(
    r"(?:\.{1,2}|~)/.*|/(?:etc|run|var|home|usr|app|opt|tmp|root|mnt|data|srv|code|certs?)/.*|[\w./~-]*/[\w.-]+\.[a-z]{2,8}|[a-z]:\\.*"
    r"|[\d.,:+-]*|[a-z_]\w*(?:\.[a-z_]\w*)+|\$[a-z_]\w*",
    re.IGNORECASE,
)

# The commonest pairs of letters make up most of English words, and a quarter of a random text.
PAIRS = (
    "th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro"
    " ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so"
    " rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl"
    " ig tu ev ld ry mp bl ab ey ke ck ap ag op up gr ay do ok av wo ex va lu ik ki"
)


def suspicious(name: str, value: str) -> str | None:
    """What a value looks to be, as a noun with its article: "a GitHub token"; None for a placeholder, and for no secret."""
    value = value.strip()[:LONGEST].strip("'\"")
    return by_form(name, value) or by_url(value) or by_name(name.upper(), value)


def by_form(name: str, value: str) -> str | None:
    for hint, pattern, kind in FORMS:
        if hint in value and (match := compiled(pattern).search(value)) and genuine(match["body"]):
            if kind == "a Google API key" and BROWSERS.search(name.upper()):
                continue
            return kind
    if "HEROKU" in name.upper() and SECRET_NAME.search(name.upper()) and UUID.fullmatch(value) and genuine(value):
        return "a Heroku API key"
    return None


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def genuine(body: str) -> bool:
    """Whether a body of the right form could be a real one: AKIA and sixteen X is of that form too."""
    upper = body.upper()
    if "EXAMPLE" in upper or "XXXX" in upper or "YOUR" in upper or "PLACEHOLDER" in upper or body in PUBLIC:
        return False
    return len(set(body)) >= min(8, len(body) // 2) and not counted(body)


def by_url(value: str) -> str | None:
    for match in URL.finditer(value):
        password, host = match["password"], match["host"].lower()
        if not PLACEHOLDER.search(password) and not development(host) and not guessable(password, match["user"]):
            return f"a URL with a password for {host[:60]}"
    return None


def guessable(password: str, user: str) -> bool:
    """Whether it is what people write who mean no password: the user's name, or $PASSWORD."""
    return (
        password.startswith("$")
        or len(password) < 4
        or password.lower() in (user.lower(), "pass", "user", "root", "admin", "postgres")
    )


def development(host: str) -> bool:
    """A server of this machine, of a compose network, or of nobody."""
    if (
        host.startswith(("[", "$", "{", "<", "127.", "10.", "192.168."))
        or "." not in host
        or host in ("0.0.0.0", "host.docker.internal")
    ):
        return True
    endings = (".local", ".localhost", ".test", ".invalid", ".example", ".example.com", ".example.org", ".example.net")
    return (
        host.endswith(endings)
        or host in ("example.com", "example.org", "example.net")
        or PLACEHOLDER.search(host) is not None
    )


def by_name(name: str, value: str) -> str | None:
    if not SECRET_NAME.search(name) or OTHER_NAME.search(name) or len(value) < 12 or "://" in value:
        return None
    if PLACEHOLDER.search(value) or PLAIN.fullmatch(value) or re.search(r"\s|\$\{", value):
        return None
    return "a random value, as a secret has" if random(value) else None


def random(value: str) -> bool:
    """Whether it looks thrown by dice: many different characters, and neither words nor a count."""
    if len(set(value)) < 8 or entropy(value) < 3 or counted(value):
        return False
    if re.fullmatch(r"[0-9a-f-]{20,}|[0-9A-F-]{20,}", value):
        return True
    return wordy(value) < 0.6 and (len(value) >= 16 or kinds(value) >= 3)


def entropy(value: str) -> float:
    """Bits for a character."""
    counts = [value.count(char) for char in set(value)]
    return -sum(count / len(value) * log2(count / len(value)) for count in counts)


def kinds(value: str) -> int:
    """How many of small and capital letters, digits and others it holds."""
    return sum(re.search(kind, value) is not None for kind in ("[a-z]", "[A-Z]", "[0-9]", "[^A-Za-z0-9]"))


def wordy(value: str) -> float:
    """The part of the letters that stand in words: runs whose pairs are common ones."""
    runs = re.findall(r"[A-Z]?[a-z]{2,}|[A-Z]{3,}", value)
    return sum(len(run) for run in runs if common(run.lower())) / max(1, sum(char.isalpha() for char in value))


def common(run: str) -> bool:
    pairs = [run[place : place + 2] for place in range(len(run) - 1)]
    return len(run) >= 3 and sum(pair in PAIRS for pair in pairs) / len(pairs) > 0.45


def counted(value: str) -> bool:
    """Whether it counts: 1234567890, abcdef123456, a1b2c3d4."""
    digits, letters = re.sub(r"\D", "", value), re.sub(r"[^a-z]", "", value.lower())
    steps = [following(run) for run in (digits, letters)]
    length = len(digits) + len(letters)
    return length > 0 and sum(steps) >= 0.7 * (length - 2)


def following(run: str) -> int:
    """How many characters follow the one before, or repeat it."""
    return sum((ord(two) - ord(one)) in (0, 1) or (one, two) == ("9", "0") for one, two in pairwise(run))
