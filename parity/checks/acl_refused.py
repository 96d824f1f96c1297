"""ACLs and URLs that Bucketeer doesn't serve: https://devcenter.heroku.com/articles/bucketeer"""

from __future__ import annotations

from collections.abc import Iterator

from parity.checks._services import modules, of
from parity.contract.finding import Finding
from parity.contract.python import Setting, SettingsModule, Table
from parity.contract.rule import Rule
from parity.contract.whole import Contract

RULE = Rule(
    "acl-refused",
    "Services",
    "error",
    "New buckets refuse every ACL header (AccessControlListNotSupported), so each upload fails; MinIO takes it without a word.",
)


def check(contract: Contract) -> Iterator[Finding]:
    """Settings of a home whose bucket is Bucketeer's that give an object an ACL."""
    seen: set[object] = set()
    for home, module, _ in modules(contract, "heroku"):
        bucket = next((one for one in home.services if one.what.startswith(("bucketeer", "cloudcube"))), None) or of(
            home, "s3"
        )
        if bucket is None:
            continue
        for setting, acl in acls(module):
            if setting.place not in seen:
                seen.add(setting.place)
                yield Finding(
                    RULE.id,
                    setting.place,
                    f"{setting.name} asks for the ACL {acl!r}, which the bucket of {bucket.what} refuses",
                    "send none (AWS_DEFAULT_ACL = None); what stands under public/ is readable by the bucket's policy",
                    bucket.place,
                    (home.name,),
                )


def acls(module: SettingsModule) -> Iterator[tuple[Setting, str]]:
    setting = module.get("AWS_DEFAULT_ACL")
    if setting and isinstance(setting.value, str) and setting.value:
        yield setting, setting.value
    storages = module.get("STORAGES")
    if storages and isinstance(storages.value, Table):
        acl = storages.value.get("default", "OPTIONS", "default_acl")
        if isinstance(acl, str) and acl:
            yield storages, acl
