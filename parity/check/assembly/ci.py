"""CI as a home: the program runs there too, with its own Python, services and variables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from parity.check.assembly.commands import Commands
from parity.check.assembly.services import backing
from parity.check.assembly.values import by_name, of_values, platform
from parity.contract import circleci, workflow
from parity.contract.homes import Home, Port, Process, Service, Variable
from parity.contract.value import Value

# https://docs.github.com/en/actions/reference/workflows-and-actions/variables
GITHUB = {"CI": "true", "GITHUB_ACTIONS": "true", "GITHUB_TOKEN": None, "HOME": None, "PATH": None}
# https://circleci.com/docs/reference/variables/
CIRCLE = {"CI": "true", "CIRCLECI": "true", "HOME": None, "PATH": None}


def github(workflows: tuple[workflow.Workflow, ...], commands: Commands) -> Iterator[Home]:
    """A home for each job that runs something of the repository beside services, or in a language that it sets up."""
    for flow in workflows:
        for job in flow.jobs:
            if job.services or job.setups or job.container:
                yield github_job(flow, job, commands)


def github_job(flow: workflow.Workflow, job: workflow.Job, commands: Commands) -> Home:
    given = {**platform(GITHUB, job.place), **of_values(job.given, "ci")}
    container = [job.container] if job.container else []
    return Home(
        name=f"ci:{job.id}",
        kind="ci",
        place=job.place,
        processes=tuple(github_steps(job, commands)),
        services=tuple(service for one in job.services for service in github_service(one)),
        variables={**given, **by_name(variable for one in container for variable in of_values(one.env, "ci").values())},
    )


def github_steps(job: workflow.Job, commands: Commands) -> Iterator[Process]:
    for number, step in enumerate(job.steps, 1):
        if step.run and step.run.text and step.shell in ("", "bash", "sh"):
            folder = (step.working_directory.text if step.working_directory else "") or ""
            variables = {**platform(GITHUB, job.place), **of_values(job.environment(step), "ci")}
            yield Process(
                name=step.name or f"step {number}",
                place=step.run.place,
                role="other",
                command=commands.shell(step.run.text, step.run.place, "ci", folder),
                variables=variables,
                working_dir=folder or None,
                optional=bool(step.condition),
            )


def github_service(container: workflow.Container) -> Iterator[Service]:
    for image in container.image.each:
        if image.text:
            yield backing(
                container.name,
                image.place,
                image.text,
                healthcheck=container.healthcheck,
                variables=of_values(container.env, "ci"),
                ports=tuple(port(value) for value in container.ports if value.text),
            )


def port(value: Value) -> Port:
    outside, _, inside = str(value.text).partition("/")[0].rpartition(":")
    return Port(inside, outside or None, value.place)


def circle(config: circleci.CircleCI | None, commands: Commands) -> Iterator[Home]:
    for job in config.jobs if config else ():
        if job.executor:
            yield circle_job(job, commands)


def circle_job(job: circleci.Job, commands: Commands) -> Home:
    executor = of_values(job.executor.env, "ci") if job.executor else {}
    variables = {**platform(CIRCLE, job.place), **executor, **of_values(job.env, "ci")}
    return Home(
        name=f"ci:{job.name}",
        kind="ci",
        place=job.place,
        processes=tuple(circle_steps(job, variables, commands)),
        services=tuple(
            backing(one.name or str(image.text), image.place, str(image.text), variables=of_values(one.env, "ci"))
            for one in job.services
            for image in one.image.each
            if image.text
        ),
        variables=variables,
    )


def circle_steps(job: circleci.Job, given: Mapping[str, Variable], commands: Commands) -> Iterator[Process]:
    for number, step in enumerate(job.steps, 1):
        if step.run and step.run.text:
            variables = {**given, **of_values(step.env, "ci")}
            name = step.name or f"step {number}"
            yield Process(
                name, step.run.place, "other", commands.shell(step.run.text, step.run.place, "ci"), variables=variables
            )
