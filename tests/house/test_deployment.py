"""What is written for servers fits the code: every variable is known, every command can be run."""

import json
import re
import shlex
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from dockerfile_parse import DockerfileParser

from tests.house import tree

# Read by other programs than ours: compose, and the library that speaks to S3.
READ_BY_OTHERS = {"POSTGRES_PASSWORD", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}
_READS = re.compile(r'env\.(?:text|flag|number|words|required)\(\s*"([A-Z0-9_]+)"|_env\.\w+\(\s*"([A-Z0-9_]+)"')
_PREFIXES = re.compile(r'env\.with_prefix\("([A-Z0-9_]+)"\)')
_EXPLAINED = re.compile(r"^# (.+)\n#?([A-Z0-9_]+)=", re.MULTILINE)
_NAMED = re.compile(r"^#?([A-Z0-9_]+)=", re.MULTILINE)


@pytest.fixture(scope="module")
def services() -> dict:
    return yaml.safe_load(tree.text(Path("docker-compose.yml")))["services"]


@pytest.fixture(scope="module")
def dockerfile(tmp_path_factory) -> DockerfileParser:
    folder = tmp_path_factory.mktemp("image")
    parser = DockerfileParser(str(folder))
    parser.content = tree.text(Path("Dockerfile"))
    return parser


def settings_text() -> str:
    return "\n".join(tree.text(path) for path in tree.of(".py", under="coalition/settings"))


def test_every_variable_that_is_read_is_explained_and_every_explained_one_is_read():
    example = tree.text(Path(".env.example"))
    read = {name for pair in _READS.findall(settings_text()) for name in pair if name}
    prefixes = tuple(_PREFIXES.findall(settings_text()))
    explained = [name for _, name in _EXPLAINED.findall(example)]

    assert sorted(explained) == sorted(_NAMED.findall(example)), "a variable without a sentence, or twice"
    assert len(explained) == len(set(explained))
    assert {name for name in explained if not name.startswith(prefixes)} == read | READ_BY_OTHERS
    assert all(any(name.startswith(prefix) for name in explained) for prefix in prefixes)


def test_the_environment_is_read_by_the_settings_alone():
    """Commands look for programs and pass the environment on to children; nobody else looks at it."""
    may = {Path("manage.py"), Path("coalition/settings/env.py"), Path("coalition/wsgi.py"), Path("coalition/asgi.py")}
    may |= {Path("tasks/celery.py"), Path("tasks/supervisor.py"), Path("tasks/management/commands/run.py")}
    code = [path for floor in ("coalition", "cms", "tasks") for path in tree.of(".py", under=floor)]

    assert [str(p) for p in code if p not in may and re.search(r"os\.environ|os\.getenv|getenv\(", tree.text(p))] == []


def test_compose_starts_every_part_of_the_house(services):
    assert set(services) == {"web", "worker", "beat", "db", "bell", "mailbox"}
    assert services["db"]["image"] == "postgres:17"
    assert all("healthcheck" in service for service in services.values())
    assert all(service["restart"] == "unless-stopped" for service in services.values())


def test_our_containers_share_image_settings_and_media(services):
    ours = [services[name] for name in ("web", "worker", "beat")]

    assert len({json.dumps([s["image"], s["env_file"], s["environment"], s["volumes"]]) for s in ours}) == 1
    assert set(ours[0]["environment"]) == {"DATABASE_URL", "REDIS_URL", "EMAIL_URL"}
    assert all(service["depends_on"]["db"]["condition"] == "service_healthy" for service in ours)


def test_no_port_is_open_to_the_world(services):
    ports = [port for service in services.values() for port in service.get("ports", [])]

    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_every_variable_of_compose_is_explained(services):
    example = tree.text(Path(".env.example"))

    named = set(re.findall(r"\$\{([A-Z_]+)", tree.text(Path("docker-compose.yml"))))
    assert named == {"POSTGRES_PASSWORD", "EMAIL_URL"}
    assert named <= set(_NAMED.findall(example))


def commands(services: dict) -> dict[str, list[str]]:
    """What each of our containers runs, as words."""
    web = shlex.split(services["web"]["command"][2].partition("exec ")[2])
    return {"web": web, "worker": services["worker"]["command"], "beat": services["beat"]["command"]}


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_the_commands_of_compose_exist_with_all_their_options(services, name):
    program, *words = commands(services)[name]
    about = [program, "-A", "tasks.celery", name] if program == "celery" else [program]
    known = subprocess.run([sys.executable, "-m", *about, "--help"], capture_output=True, text=True, cwd=tree.ROOT)

    assert known.returncode == 0, known.stderr
    options = {word.partition("=")[0] for word in words if word.startswith("--")}
    assert options
    assert {option for option in options if option not in known.stdout} == set()


def test_the_programs_point_at_applications_that_exist(services):
    module, _, name = commands(services)["web"][-1].partition(":")
    assert callable(getattr(import_module(module), name))
    assert find_spec(commands(services)["worker"][2])


def test_the_image_runs_the_same_web_server_as_compose(dockerfile, services):
    assert json.loads(dockerfile.cmd) == commands(services)["web"]


def test_the_image_is_built_in_two_stages_and_runs_as_nobody_in_particular(dockerfile):
    steps = [(step["instruction"], step["value"]) for step in dockerfile.structure]

    assert [value for word, value in steps if word == "FROM"] == [
        "node:24-slim AS packages",
        "python:3.13-slim AS house",
    ]
    assert [value for word, value in steps if word == "USER"] == ["house"]
    assert steps.index(("USER", "house")) < [word for word, _ in steps].index("CMD")
    assert any("--require-hashes" in value for word, value in steps if word == "RUN")


def test_everything_the_image_copies_is_here_and_is_sent(dockerfile):
    sent = {line[1:] for line in tree.text(Path(".dockerignore")).splitlines() if line.startswith("!")}
    copied = set()
    for step in dockerfile.structure:
        if step["instruction"] == "COPY" and "--from" not in step["value"]:
            copied |= set(step["value"].split()[:-1])

    assert copied == sent
    assert [name for name in copied if not (tree.ROOT / name).exists()] == []


def test_the_image_needs_no_tests(dockerfile):
    assert not [
        step for step in dockerfile.structure if "tests" in step["value"] or "requirements-dev" in step["value"]
    ]


def test_the_image_uses_settings_and_a_python_that_the_project_knows(dockerfile):
    assert find_spec(dockerfile.envs["DJANGO_SETTINGS_MODULE"])
    assert ">=3.11,<3.14" in tree.text(Path("pyproject.toml"))


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [("SECRET_KEY", "SECRET_KEY is not set: a long random text"), ("PUBLIC_HOST", "PUBLIC_HOST is not set: the host")],
)
def test_a_server_says_which_variable_is_missing(tmp_path, missing, sentence):
    env = {"SECRET_KEY": "k" * 60, "PUBLIC_HOST": "www.example.org", "EMAIL_URL": "smtp://mail.example.org"}
    env |= {"DJANGO_SETTINGS_MODULE": "coalition.settings.production", "VAR_DIR": str(tmp_path)}
    del env[missing]

    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=tree.ROOT, env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert sentence in done.stderr
