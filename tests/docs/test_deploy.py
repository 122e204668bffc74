"""The files in deploy/ are valid where a tool on this machine can tell, and agree with the code and the deployment page."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from masker.host.settings import SETTINGS
from masker.proxy import app, listening, supervisor
from tests.docs.pages import DOCS, ROOT, rows, section

DEPLOY = ROOT / "deploy"
NGINX = (DEPLOY / "nginx/masker.conf").read_text(encoding="utf-8")
UNIT = (DEPLOY / "systemd/masker.service").read_text(encoding="utf-8")
DOCKERFILE = (DEPLOY / "container/Dockerfile").read_text(encoding="utf-8")
MANIFESTS = (DEPLOY / "kubernetes/masker.yaml").read_text(encoding="utf-8")
DEFAULTS = {setting.key: setting.default for setting in SETTINGS}


def _options(arguments: list[str], commands: dict[tuple[str, ...], click.Command]) -> set[str]:
    """Return the options that ``masker serve`` is given and does not take."""
    assert arguments[0] == "serve"
    known = {name for parameter in commands[("serve",)].params for name in parameter.opts}
    return {word for word in arguments if word.startswith("--")} - known


def test_every_way_to_start_takes_the_options_it_gives(commands: dict[tuple[str, ...], click.Command]) -> None:
    """Unit, image and manifests run ``masker serve`` with options that exist."""
    unit = re.search(r"^ExecStart=\S+/masker (.*)$", UNIT, re.MULTILINE)
    image = re.search(r"^CMD \[(.*)\]$", DOCKERFILE, re.MULTILINE | re.DOTALL)
    pod = re.search(r"^ *args: \[(.*)\]$", MANIFESTS, re.MULTILINE)
    assert unit
    assert image
    assert pod
    lists = [unit[1].split(), re.findall(r'"([^"]+)"', image[1].splitlines()[-1]), re.findall(r'"([^"]+)"', pod[1])]
    assert [set(), set(), set()] == [_options(arguments, commands) for arguments in lists]


def test_the_configuration_of_the_manifests_is_one(tmp_path: Path) -> None:
    """The masker.toml in the config map, and every variable in the files, are known settings."""
    from masker.host.settings import load_settings

    block = re.search(r"masker\.toml: \|\n((?:    .*\n)+)", MANIFESTS)
    assert block
    file = tmp_path / "masker.toml"
    file.write_text(re.sub(r"^    ", "", block[1], flags=re.MULTILINE), encoding="utf-8")
    assert load_settings(file, environ={}).listen_addr == "0.0.0.0:8080"
    used = set(re.findall(r"\bMASKER_[A-Z_]+", UNIT + DOCKERFILE + MANIFESTS + NGINX))
    assert used <= {setting.env for setting in SETTINGS}


def test_whoever_stops_masker_waits_longer_than_its_streams_get() -> None:
    """systemd and Kubernetes kill later than the grace of open streams."""
    seconds = [
        re.search(pattern, text)
        for pattern, text in ((r"TimeoutStopSec=(\d+)", UNIT), (r"PeriodSeconds: (\d+)", MANIFESTS))
    ]
    assert all(match and int(match[1]) > supervisor.GRACE + 5 for match in seconds)


@pytest.fixture
def manifests() -> dict[str, Any]:
    """The manifests as a cluster reads them, by kind."""
    trees = list(yaml.safe_load_all(MANIFESTS))
    found = {tree["kind"]: tree for tree in trees}
    assert len(trees) == len(found)
    return found


def test_a_pod_is_asked_whether_it_lives_and_whether_it_can_mask(manifests: dict[str, Any]) -> None:
    """Restarted on the one, taken out on the other; both are endpoints, on a port that the pod and the service name."""
    (container,) = manifests["Deployment"]["spec"]["template"]["spec"]["containers"]
    probes = {name: container[f"{name}Probe"]["httpGet"] for name in ("startup", "liveness", "readiness")}
    assert {"startup": "/health/live", "liveness": "/health/live", "readiness": "/health"} == {
        name: probe["path"] for name, probe in probes.items()
    }
    ports = {port["name"]: port["containerPort"] for port in container["ports"]}
    assert {"http"} == {probe["port"] for probe in probes.values()}
    assert {"http"} == {port["targetPort"] for port in manifests["Service"]["spec"]["ports"]}
    assert f'listen_addr = "0.0.0.0:{ports["http"]}"' in manifests["ConfigMap"]["data"]["masker.toml"]


def test_a_pod_is_drained_before_it_is_stopped(manifests: dict[str, Any]) -> None:
    """New calls go elsewhere first, then open streams have their time, and only then it is killed; never all at once."""
    pod = manifests["Deployment"]["spec"]["template"]["spec"]
    program, pause = pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"]
    assert "sleep" == program
    assert int(pause) >= 5
    assert pod["terminationGracePeriodSeconds"] > int(pause) + supervisor.GRACE
    assert 0 == manifests["Deployment"]["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"]
    labels = manifests["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert labels == manifests["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"]
    assert labels == manifests["Service"]["spec"]["selector"]
    assert 1 == manifests["PodDisruptionBudget"]["spec"]["maxUnavailable"]
    assert manifests["Deployment"]["spec"]["replicas"] > 1


def test_nothing_runs_as_root(manifests: dict[str, Any]) -> None:
    """The image names a user by number, which Kubernetes can check; the pod and the unit have one as well."""
    final = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
    users = re.findall(r"^USER (\d+):(\d+)$", final, re.MULTILINE)
    assert 1 == len(users) == len(re.findall(r"^USER ", final, re.MULTILINE))
    uid, gid = map(int, users[0])
    assert uid
    assert gid
    assert final.index("\nUSER ") < final.index("\nENTRYPOINT ")
    context = manifests["Deployment"]["spec"]["template"]["spec"]["securityContext"]
    assert (True, uid, gid) == (context["runAsNonRoot"], context["runAsUser"], context["runAsGroup"])
    assert re.search(r"^(?:User=(?!root)\w+|DynamicUser=yes)$", UNIT, re.MULTILINE)


def test_nginx_holds_bodies_in_memory_and_buffers_no_stream() -> None:
    """No request body on disk, no path in a log, no reply held back, and longer patience than masker's."""
    megabytes = int(DEFAULTS["max_body_bytes"]) // 1024 // 1024
    assert f"client_max_body_size    {megabytes}m;" in NGINX
    assert f"client_body_buffer_size {megabytes}m;" in NGINX
    for line in ("access_log off;", "proxy_buffering          off;", "proxy_max_temp_file_size 0;"):
        assert line in NGINX
    assert "non_idempotent" not in NGINX
    patience = re.search(r"proxy_read_timeout +(\d+)s;", NGINX)
    assert patience
    assert int(patience[1]) * 1000 > int(DEFAULTS["upstream_timeout_ms"])
    assert int(patience[1]) * 1000 > int(DEFAULTS["stream_idle_timeout_ms"])


def test_the_deployment_page_tells_the_timeouts_of_the_code() -> None:
    """The table of timeouts has the defaults and the fixed values."""
    told = {row[0]: row[1] for row in rows(section(DOCS / "deployment.md", "Timeouts")) if row[0] != "what"}
    upstream, idle, detection = (
        f"{int(DEFAULTS[key]) // 1000} s"
        for key in ("upstream_timeout_ms", "stream_idle_timeout_ms", "detection_timeout_ms")
    )
    expected = [
        f"{app._BODY_TIMEOUT:.0f} s",
        detection,
        upstream,
        idle,
        f"{supervisor._UNREAD} s",
        f"{supervisor.GRACE:.0f} s",
    ]
    assert [f"{listening._IDLE:.0f} s", *expected] == list(told.values())


def test_a_balancers_patience_lies_between_maskers_own() -> None:
    """Longer than masker is ever silent, shorter than masker keeps an idle connection; nginx has what the page tells."""
    told = {row[0]: row[1] for row in rows(section(DOCS / "deployment.md", "The load balancer"))}
    silence = int(told["silence, before a reply and within one"].removesuffix(" s"))
    before_a_reply = (int(DEFAULTS["detection_timeout_ms"]) + int(DEFAULTS["upstream_timeout_ms"])) / 1000
    assert max(before_a_reply, int(DEFAULTS["stream_idle_timeout_ms"]) / 1000) < silence < listening._IDLE
    assert f"proxy_read_timeout    {silence}s;" in NGINX
    connecting = told["connecting"].removesuffix(" s")
    assert f"proxy_connect_timeout {connecting}s;" in NGINX
    assert int(told["draining"].removesuffix(" s")) > supervisor.GRACE


@pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed on this machine")
@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not installed on this machine")
def test_nginx_accepts_its_configuration(tmp_path: Path) -> None:
    """`nginx -t` says that the file is one."""
    key, certificate = tmp_path / "masker.key", tmp_path / "masker.crt"
    make = f"openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=masker -keyout {key} -out {certificate}"
    subprocess.run(make.split(), check=True, capture_output=True)
    site = tmp_path / "site.conf"
    text = NGINX.replace("/etc/nginx/tls", str(tmp_path)).replace(
        "/var/log/nginx/masker.log", str(tmp_path / "error.log")
    )
    site.write_text(text, encoding="utf-8")
    main = tmp_path / "nginx.conf"
    main.write_text(f"pid {tmp_path}/nginx.pid;\nevents {{}}\nhttp {{ include {site}; }}\n", encoding="utf-8")
    result = subprocess.run(["nginx", "-t", "-q", "-c", str(main)], check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed on this machine")
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    """`systemd-analyze verify` finds no unknown key or value."""
    unit = tmp_path / "masker.service"
    text = re.sub(r"^(User|Group)=.*\n", "", UNIT, flags=re.MULTILINE).replace("/opt/masker/bin/masker", "/bin/true")
    unit.write_text(text, encoding="utf-8")
    result = subprocess.run(["systemd-analyze", "verify", str(unit)], check=False, capture_output=True, text=True)
    assert [] == [line for line in result.stderr.splitlines() if "masker.service" in line]
    assert result.returncode == 0
