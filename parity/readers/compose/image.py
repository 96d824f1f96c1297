"""What a service is built from: https://docs.docker.com/reference/compose-file/build/"""

from __future__ import annotations

from parity.contract.compose import Build, Text
from parity.readers.compose.branch import Branch
from parity.readers.compose.environment import variables
from parity.readers.compose.expected import known, pairs, refuse, string
from parity.readers.compose.paths import remote, within
from parity.readers.compose.record import Record


def read(branch: Branch | None, label: str, record: Record) -> Build | None:
    if branch is None:
        return None
    if isinstance(branch.value, dict):
        return long(branch, label, record)
    context = string(branch, label, record)
    return built(branch, context, None, label, record) if context else None


def long(branch: Branch, label: str, record: Record) -> Build:
    entries = dict(branch.entries())
    known(entries, "build", label, record)
    context = string(entries.get("context"), f"{label}.context", record)
    dockerfile = string(entries.get("dockerfile"), f"{label}.dockerfile", record)
    return built(branch, context or Text(".", branch.place), dockerfile, label, record)


def built(branch: Branch, context: Text, dockerfile: Text | None, label: str, record: Record) -> Build:
    inline = string(branch.get("dockerfile_inline"), f"{label}.dockerfile_inline", record)
    if inline and dockerfile:
        refuse(branch, label, "has both dockerfile and dockerfile_inline", "keep one of the two", record)
    # A context that another file says is seen from that file's folder.
    source = (branch.get("context") or branch).source
    folder = None if remote(context.text) else within(source.folder, context.text)
    return Build(
        branch.place,
        context,
        folder,
        dockerfile,
        None if inline else within(folder, dockerfile.text if dockerfile else "Dockerfile"),
        inline,
        string(branch.get("target"), f"{label}.target", record),
        variables(branch.get("args"), f"{label}.args", "args", record),
        {
            name: Text(value or "", at.place, written or "", at.mentions)
            for name, value, written, at in pairs(
                branch.get("additional_contexts"), f"{label}.additional_contexts", record
            )
        },
    )
