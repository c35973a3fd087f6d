"""The stand's files: the documented nginx site on its ports, the settings of production, ids of its own processes alone."""

import os
import stat
import subprocess
import sys

import pytest

from stand.config import SAMPLE, SampleChanged, render_site
from stand.places import Ports, Stand, find_stand, new_stand


@pytest.fixture
def stand(tmp_path):
    return new_stand(https_port=8443, root=tmp_path)


def test_the_documented_site_runs_on_the_ports_of_the_stand(tmp_path):
    site = render_site(
        Stand(tmp_path / "run", tmp_path / "var", Ports(1443, 1080, 1001, 1002, 5, 6, 7)), SAMPLE.read_text()
    )
    assert "server 127.0.0.1:1001 " in site
    assert "server 127.0.0.1:1002 " in site
    assert "listen 127.0.0.1:1443 ssl;" in site
    assert f"ssl_certificate {tmp_path}/run/certificate.pem;" in site
    assert "market.example.org" not in site
    assert "8001" not in site


def test_a_sample_that_lost_a_line_is_refused(stand):
    with pytest.raises(SampleChanged, match="listen 443 ssl;"):
        render_site(stand, SAMPLE.read_text().replace("listen 443 ssl;", "listen 443;"))


def test_the_proxy_takes_bodies_as_large_as_the_site_does(settings):
    assert f"client_max_body_size {settings.MAX_BODY_BYTES // 1024**2}m;" in SAMPLE.read_text()


def test_the_site_runs_with_the_settings_of_production(stand):
    found = stand.site_environment()
    assert (found["LATEEN_MODE"], found["SITE_URL"], found["BEHIND_PROXY"]) == (
        "production",
        "https://localhost:8443",
        "true",
    )
    assert found["MAIL_URL"] == f"smtp://127.0.0.1:{stand.ports.smtp}"
    assert len(found["SECRET_KEY"]) >= 50


def test_the_secret_is_made_once_and_for_its_owner_alone(stand):
    assert stand.site_environment()["SECRET_KEY"] == stand.site_environment()["SECRET_KEY"]
    assert stat.S_IMODE((stand.run / "secret").stat().st_mode) == 0o600


def test_programs_that_are_not_ours_get_no_secret(stand):
    assert set(stand.server_environment()) == {"PATH", "LANG", "LATEEN_STAND"}


def test_a_stand_is_found_again(stand, tmp_path):
    assert find_stand(tmp_path) is None
    stand.save()
    assert find_stand(tmp_path) == stand


def test_the_id_of_another_program_is_no_part_of_the_stand(stand):
    stand.pid_file("web1").write_text(str(os.getpid()))
    assert stand.read_pid("web1") is None


def test_a_process_of_the_stand_is_known_by_its_environment(stand):
    with subprocess.Popen(
        [sys.executable, "-c", "input(1)"],
        env=stand.server_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as part:
        assert part.stdout.read(1) == b"1", "before that its environment may not be there yet"
        stand.pid_file("web1").write_text(f"{part.pid}\n")
        assert stand.read_pid("web1") == part.pid
        part.communicate(b"\n")
    assert stand.read_pid("web1") is None


def test_carriers_of_this_machine_are_the_sites_after_the_stand_was_found_again(tmp_path):
    new_stand(https_port=8443, root=tmp_path, carriers="http://127.0.0.1:9000").save()
    assert find_stand(tmp_path).site_environment()["CARRIER_LOOPBACK"] == "http://127.0.0.1:9000"


def test_a_stand_asks_real_carriers_unless_it_is_told_otherwise(stand):
    assert stand.site_environment()["CARRIER_LOOPBACK"] == ""
