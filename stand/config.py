"""nginx's files and its certificate. The site is the one that administrators copy from docs/howto/nginx.conf."""

import os
import subprocess

from stand.places import ROOT, Stand

SAMPLE = ROOT / "docs" / "howto" / "nginx.conf"
FOLDER = "/etc/letsencrypt/live/market.example.org"
FRAME = """\
{user}worker_processes 1;
pid {folder}/nginx.pid;
error_log {log}/nginx-errors.log warn;
events {{ worker_connections 512; }}
http {{
    access_log {log}/nginx-access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class SampleChanged(Exception):
    """The documented file no longer holds a line that the stand replaces."""


def render_site(stand: Stand, sample: str) -> str:
    """The documented site on this stand's ports, with its certificate; raises SampleChanged."""
    ports = stand.ports
    replaced = {
        "127.0.0.1:8001": f"127.0.0.1:{ports.web1}",
        "127.0.0.1:8002": f"127.0.0.1:{ports.web2}",
        "listen 80;": f"listen 127.0.0.1:{ports.http};",
        "listen 443 ssl;": f"listen 127.0.0.1:{ports.https} ssl;",
        f"{FOLDER}/fullchain.pem": str(stand.certificate),
        f"{FOLDER}/privkey.pem": str(stand.certificate.with_name("key.pem")),
        "market.example.org": "localhost",
    }
    for old, new in replaced.items():
        if old not in sample:
            raise SampleChanged(old)
        sample = sample.replace(old, new)
    return sample


def write_nginx(stand: Stand) -> list[str]:
    """Write the files; the command that runs nginx on them in the foreground."""
    folder = stand.var / "nginx"
    folder.mkdir(exist_ok=True)
    user = "user www-data;\n" if os.geteuid() == 0 else ""
    (folder / "site.conf").write_text(render_site(stand, SAMPLE.read_text()))
    (folder / "nginx.conf").write_text(FRAME.format(user=user, folder=folder, log=stand.var / "log"))
    return ["nginx", "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]


def make_certificate(stand: Stand) -> None:
    """A certificate for localhost that signs itself, good for a month."""
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(stand.certificate.with_name("key.pem")), "-out", str(stand.certificate)]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", *names, *files]
    subprocess.run(command, check=True, capture_output=True)
    stand.certificate.with_name("key.pem").chmod(0o600)
