"""Certificates of a made-up authority: for localhost, for another name, run out, and one that nobody signed."""

from datetime import timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone

DAY = timedelta(days=1)


def _name(words):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _write_pem(path, key, *certificates):
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + b"".join(c.public_bytes(serialization.Encoding.PEM) for c in certificates))
    return path


class Authority:
    """Signs what a test needs; `file` is what a client has to trust."""

    def __init__(self, folder):
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.certificate = self._start(_name("A made-up authority"), self.key, _name("A made-up authority")).add_extension(
            x509.BasicConstraints(ca=True, path_length=0), critical=True
        ).sign(self.key, hashes.SHA256())  # fmt: skip
        self.file = folder / "authority.pem"
        self.file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def _start(self, subject, key, issuer, *, ends_in=DAY):
        now = timezone.now()
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - 30 * DAY)
            .not_valid_after(now + ends_in)
        )

    def sign(self, host="localhost", *, ends_in=DAY):
        """A certificate for a host, in a file with its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        names = [x509.DNSName(host)] + ([x509.IPAddress(ip_address("127.0.0.1"))] if host == "localhost" else [])
        unsigned = self._start(_name(host), key, self.certificate.subject, ends_in=ends_in)
        signed = unsigned.add_extension(x509.SubjectAlternativeName(names), critical=False).sign(
            self.key, hashes.SHA256()
        )
        return _write_pem(self.folder / f"{host}-{ends_in.days}.pem", key, signed)

    def sign_itself(self):
        """A certificate for localhost that no authority signed."""
        key = ec.generate_private_key(ec.SECP256R1())
        unsigned = self._start(_name("localhost"), key, _name("localhost"))
        names = x509.SubjectAlternativeName([x509.DNSName("localhost")])
        signed = unsigned.add_extension(names, critical=False).sign(key, hashes.SHA256())
        return _write_pem(self.folder / "self-signed.pem", key, signed)
