"""When what a home runs on gets no more updates: https://endoflife.date

Looked up on LOOKED_UP in the list's copy of AS_OF (github.com/endoflife-date/endoflife.date at a70eca3), which each product's own
page in SOURCES backs. Debian counts to the end of its free long-term support; Ubuntu and the rest to that of free updates.
"""

from __future__ import annotations

from parity.contract.dataclass import dataclass

LOOKED_UP = "2026-11-24"
AS_OF = "2026-08-22"

SOURCES = {
    "python": "https://devguide.python.org/versions/",
    "postgres": "https://www.postgresql.org/support/versioning/",
    "redis": "https://redis.io/docs/latest/operate/oss_and_stack/install/version-mgmt/",
    "valkey": "https://valkey.io/topics/releases/",
    "mysql": "https://endoflife.date/mysql",
    "mariadb": "https://mariadb.org/about/#maintenance-policy",
    "node": "https://nodejs.org/en/about/previous-releases",
    "django": "https://www.djangoproject.com/download/#supported-versions",
    "debian": "https://wiki.debian.org/DebianReleases",
    "ubuntu": "https://wiki.ubuntu.com/Releases",
    "alpine": "https://alpinelinux.org/releases/",
    "mongo": "https://www.mongodb.com/legal/support-policy",
    "rabbitmq": "https://www.rabbitmq.com/release-information",
    "elasticsearch": "https://www.elastic.co/support_policy",
    "opensearch": "https://opensearch.org/releases/",
    "heroku": "https://github.com/alphagov/govuk-frontend/issues/7138",
}

# The last day of each release line; "" where none is named yet.
ENDS: dict[str, dict[str, str]] = {
    "python": {
        "3.14": "2030-10-31",
        "3.13": "2029-10-31",
        "3.12": "2028-10-31",
        "3.11": "2027-10-31",
        "3.10": "2026-10-31",
        "3.9": "2025-10-31",
        "3.8": "2024-10-07",
        "3.7": "2023-06-27",
        "3.6": "2021-12-23",
        "3.5": "2020-09-30",
        "3.4": "2019-03-18",
        "3.3": "2017-09-29",
        "3.2": "2016-02-20",
        "2.7": "2020-01-01",
        "3.1": "2012-04-09",
        "3.0": "2009-06-27",
    },
    "postgres": {
        "18": "2030-11-14",
        "17": "2029-11-08",
        "16": "2028-11-09",
        "15": "2027-11-11",
        "14": "2026-11-12",
        "13": "2025-11-13",
        "12": "2024-11-21",
        "11": "2023-11-09",
        "10": "2022-11-10",
        "9.6": "2021-11-11",
        "9.5": "2021-02-11",
        "9.4": "2020-02-13",
        "9.3": "2018-11-08",
        "9.2": "2017-11-09",
        "9.1": "2016-10-27",
        "9.0": "2015-10-08",
    },
    "redis": {
        "8.10": "",
        "8.8": "",
        "8.6": "",
        "8.4": "",
        "8.2": "2030-09-01",
        "8.0": "2026-12-01",
        "7.4": "2029-12-01",
        "7.2": "2029-12-01",
        "7.0": "2024-07-29",
        "6.2": "2027-04-01",
        "6.0": "2022-05-31",
        "5.0": "2022-04-27",
    },
    "valkey": {"9.1": "", "9.0": "2028-10-21", "8.1": "2030-03-31", "8.0": "2027-09-15", "7.2": "2029-04-16"},
    "mysql": {
        "9.7": "2034-04-21",
        "9.6": "2026-04-21",
        "9.5": "2026-01-20",
        "9.4": "2025-10-21",
        "9.3": "2025-07-22",
        "9.2": "2025-04-15",
        "9.1": "2025-01-21",
        "9.0": "2024-10-15",
        "8.4": "2032-04-30",
        "8.3": "2024-04-10",
        "8.2": "2023-12-14",
        "8.1": "2023-10-25",
        "8.0": "2026-04-30",
        "5.7": "2023-10-31",
        "5.6": "2021-02-28",
        "5.5": "2018-12-31",
    },
    "mariadb": {
        "12.3": "2029-06-12",
        "12.2": "2026-05-28",
        "12.1": "2026-02-13",
        "12.0": "2025-11-18",
        "11.8": "2028-06-04",
        "11.7": "2025-05-12",
        "11.6": "2025-02-13",
        "11.5": "2024-11-21",
        "11.4": "2029-05-29",
        "11.3": "2024-05-29",
        "11.2": "2024-11-21",
        "11.1": "2024-08-21",
        "11.0": "2024-06-06",
        "10.11": "2028-02-16",
        "10.10": "2023-11-17",
        "10.9": "2023-08-22",
        "10.8": "2023-05-20",
        "10.7": "2023-02-09",
        "10.6": "2026-07-06",
        "10.5": "2025-06-24",
        "10.4": "2024-06-18",
        "10.3": "2023-05-25",
        "10.2": "2022-05-23",
        "10.1": "2020-10-17",
        "10.0": "2019-03-31",
    },
    "node": {
        "26": "2029-04-30",
        "25": "2026-06-01",
        "24": "2028-04-30",
        "23": "2025-06-01",
        "22": "2027-04-30",
        "21": "2024-06-01",
        "20": "2026-04-30",
        "19": "2023-06-01",
        "18": "2025-04-30",
        "17": "2022-06-01",
        "16": "2023-09-11",
        "15": "2021-06-01",
        "14": "2023-04-30",
        "13": "2020-06-01",
        "12": "2022-04-30",
        "11": "2019-06-30",
        "10": "2021-04-30",
        "9": "2018-06-30",
        "8": "2019-12-31",
        "7": "2017-06-30",
        "6": "2019-04-30",
        "5": "2016-06-30",
        "4": "2018-04-30",
    },
    "django": {
        "6.1": "2027-12-31",
        "6.0": "2027-04-30",
        "5.2": "2028-04-30",
        "5.1": "2025-12-03",
        "5.0": "2025-04-02",
        "4.2": "2026-04-07",
        "4.1": "2023-12-01",
        "4.0": "2023-04-01",
        "3.2": "2024-04-01",
        "3.1": "2021-12-07",
        "3.0": "2021-04-06",
        "2.2": "2022-04-11",
        "2.1": "2019-12-02",
        "2.0": "2019-04-01",
        "1.11": "2020-04-01",
        "1.10": "2017-12-02",
        "1.9": "2017-04-04",
        "1.8": "2018-04-01",
        "1.7": "2015-12-01",
        "1.6": "2015-04-01",
        "1.5": "2014-09-02",
        "1.4": "2015-10-01",
        "1.3": "2013-02-26",
    },
    "debian": {
        "13": "2030-06-30",
        "12": "2028-06-30",
        "11": "2026-08-31",
        "10": "2024-06-30",
        "9": "2022-07-01",
        "8": "2020-06-30",
        "7": "2018-05-31",
    },
    "ubuntu": {
        "26.04": "2031-04-30",
        "25.10": "2026-07-01",
        "25.04": "2026-01-17",
        "24.10": "2025-07-10",
        "24.04": "2029-05-31",
        "23.10": "2024-07-12",
        "23.04": "2024-01-20",
        "22.10": "2023-07-20",
        "22.04": "2027-04-01",
        "21.10": "2022-07-14",
        "21.04": "2022-01-20",
        "20.10": "2021-07-22",
        "20.04": "2025-05-31",
        "19.10": "2020-07-06",
        "19.04": "2020-01-23",
        "18.10": "2019-07-18",
        "18.04": "2023-05-31",
        "17.10": "2018-07-19",
        "17.04": "2018-01-13",
        "16.10": "2017-07-20",
        "16.04": "2021-04-02",
        "15.10": "2016-07-28",
        "15.04": "2016-02-04",
        "14.10": "2015-07-23",
        "14.04": "2019-04-02",
    },
    "alpine": {
        "3.24": "2028-06-01",
        "3.23": "2027-11-01",
        "3.22": "2027-05-01",
        "3.21": "2026-11-01",
        "3.20": "2026-04-01",
        "3.19": "2025-11-01",
        "3.18": "2025-05-09",
        "3.17": "2024-11-22",
        "3.16": "2024-05-23",
        "3.15": "2023-11-01",
        "3.14": "2023-05-01",
        "3.13": "2022-11-01",
        "3.12": "2022-05-01",
        "3.11": "2021-11-01",
        "3.10": "2021-05-01",
        "3.9": "2020-11-01",
        "3.8": "2020-05-01",
        "3.7": "2019-11-01",
        "3.6": "2019-05-01",
        "3.5": "2018-11-01",
        "3.4": "2018-05-01",
        "3.3": "2017-11-01",
        "3.2": "2017-05-01",
        "3.1": "2016-11-01",
        "3.0": "2016-05-01",
    },
    "mongo": {
        "8.3": "2029-10-31",
        "8.2": "2026-07-31",
        "8.1": "2025-09-30",
        "8.0": "2029-10-31",
        "7.3": "2024-10-02",
        "7.2": "2024-03-27",
        "7.1": "2024-01-23",
        "7.0": "2027-08-31",
        "6.3": "2023-08-31",
        "6.2": "2023-04-24",
        "6.1": "2023-02-09",
        "6.0": "2025-07-31",
        "5.3": "2022-07-19",
        "5.2": "2022-03-23",
        "5.1": "2022-01-19",
        "5.0": "2024-10-31",
        "4.4": "2024-02-29",
        "4.2": "2023-04-30",
        "4.0": "2022-04-30",
        "3.6": "2021-04-30",
        "3.4": "2020-01-31",
        "3.2": "2018-09-30",
        "3.0": "2018-02-28",
    },
    "rabbitmq": {
        "4.3": "",
        "4.2": "2026-07-31",
        "4.1": "2026-01-30",
        "4.0": "2025-04-15",
        "3.13": "2024-09-17",
        "3.12": "2024-02-21",
        "3.11": "2023-06-01",
        "3.10": "2022-09-28",
        "3.9": "2023-01-31",
        "3.8": "2022-07-31",
        "3.7": "2020-09-30",
        "3.6": "2018-05-31",
        "3.5": "2016-10-31",
        "3.4": "2015-10-31",
        "3.3": "2015-03-31",
        "3.2": "2014-10-31",
        "3.1": "2014-04-30",
        "3.0": "2013-11-30",
    },
    "elasticsearch": {
        "9.5": "",
        "9.4": "",
        "9.3": "2026-08-04",
        "9.2": "2026-05-05",
        "9.1": "2026-02-03",
        "8.19": "2027-07-15",
        "8.18": "2025-10-21",
        "9.0": "2025-10-23",
        "8.17": "2025-08-12",
        "8.16": "2025-04-15",
        "7": "2026-01-15",
        "6": "2022-02-10",
    },
    "opensearch": {"3": "", "2": "", "1": "2025-05-06"},
    # Heroku's own notice for 22, its page of stacks for the older ones and 24: https://devcenter.heroku.com/articles/stack
    # Of 26 no more than that it is the recommended one: https://github.com/heroku/base-images
    "heroku": {
        "26": "",
        "24": "2029-04-30",
        "22": "2027-04-30",
        "20": "2025-04-30",
        "18": "2023-04-30",
        "16": "2021-05-01",
    },
}

# Names that stand for a release line in tags: python:3.13-slim-bookworm, FROM ubuntu:jammy, heroku-24.
CODENAMES = {
    "trixie": ("debian", "13"),
    "bookworm": ("debian", "12"),
    "bullseye": ("debian", "11"),
    "buster": ("debian", "10"),
    "stretch": ("debian", "9"),
    "jessie": ("debian", "8"),
    "wheezy": ("debian", "7"),
    "resolute": ("ubuntu", "26.04"),
    "questing": ("ubuntu", "25.10"),
    "plucky": ("ubuntu", "25.04"),
    "oracular": ("ubuntu", "24.10"),
    "noble": ("ubuntu", "24.04"),
    "mantic": ("ubuntu", "23.10"),
    "lunar": ("ubuntu", "23.04"),
    "kinetic": ("ubuntu", "22.10"),
    "jammy": ("ubuntu", "22.04"),
    "impish": ("ubuntu", "21.10"),
    "hirsute": ("ubuntu", "21.04"),
    "groovy": ("ubuntu", "20.10"),
    "focal": ("ubuntu", "20.04"),
    "eoan": ("ubuntu", "19.10"),
    "disco": ("ubuntu", "19.04"),
    "cosmic": ("ubuntu", "18.10"),
    "bionic": ("ubuntu", "18.04"),
    "artful": ("ubuntu", "17.10"),
    "zesty": ("ubuntu", "17.04"),
    "yakkety": ("ubuntu", "16.10"),
    "xenial": ("ubuntu", "16.04"),
    "wily": ("ubuntu", "15.10"),
    "vivid": ("ubuntu", "15.04"),
    "utopic": ("ubuntu", "14.10"),
    "trusty": ("ubuntu", "14.04"),
}

# What Heroku's buildpack for Python takes: https://github.com/heroku/heroku-buildpack-python/blob/main/lib/python_version.sh
# (v351, 2026-08-18), and the day from which it refuses one of them.
HEROKU_PYTHON = ("3.10", "3.11", "3.12", "3.13", "3.14")
HEROKU_PYTHON_DEFAULT = "3.14"
HEROKU_PYTHON_REFUSED = {"3.10": "2027-01-06"}


@dataclass(frozen=True, slots=True)
class Lifetime:
    """A release line, its last day ("" when none is named yet), and the page that says so."""

    what: str
    cycle: str
    ends: str
    source: str

    def over(self, today: str) -> bool:
        """Whether the last day lies behind `today`, both as 2026-11-24."""
        return bool(self.ends) and self.ends < today


def lifetime(what: str, release: tuple[int, ...]) -> Lifetime | None:
    """That of the release line which a version belongs to; a shorter version moves on to the line that lasts longest.

    3.13.2 belongs to 3.13, and redis:7 is whichever 7.x is the newest.
    """
    lines = ENDS.get(what, {})
    for length in range(len(release), 0, -1):
        cycle = written(what, release[:length])
        if cycle in lines:
            return Lifetime(what, cycle, lines[cycle], SOURCES[what])
    beginning = written(what, release) + "."
    longer = [cycle for cycle in lines if cycle.startswith(beginning)]
    if not longer:
        return None
    # Without a last day named yet, a line lasts longest of all.
    cycle = max(longer, key=lambda one: (not lines[one], lines[one]))
    return Lifetime(what, cycle, lines[cycle], SOURCES[what])


def written(what: str, release: tuple[int, ...]) -> str:
    # Ubuntu's versions are months, which have a zero in front.
    return ".".join(
        f"{number:02}" if what == "ubuntu" and place == 1 else str(number) for place, number in enumerate(release)
    )


def named(codename: str) -> Lifetime | None:
    """That of a release that goes by a name: bookworm, jammy, heroku-24."""
    if codename.startswith("heroku-"):
        what, cycle = "heroku", codename.removeprefix("heroku-")
    elif codename in CODENAMES:
        what, cycle = CODENAMES[codename]
    else:
        return None
    return Lifetime(what, cycle, ENDS[what][cycle], SOURCES[what]) if cycle in ENDS[what] else None
