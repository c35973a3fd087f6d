"""The stand: production on one machine, on loopback, for proofs; started by `make stand`, tried by `make chaos-smoke`.

`places` knows folders and ports, `config` writes nginx's files, `supervisor` stands for systemd, `mail` for the mail server,
`seed` makes people and products through the services, `chaos` breaks things under load and counts what was lost.
"""
