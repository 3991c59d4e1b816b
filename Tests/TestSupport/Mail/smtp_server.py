"""Runs an SMTP server for tests: smtp_server.py FOLDER [starttls|tls|plain] [auth[=MECHANISM]]

[refuse=ADDRESS] [busy=ADDRESS] [dies] [hangs] [v6] [each=COUNT] [cert=FILE key=FILE]
[flaky=PERCENT] [small]. Prints its port and waits until its input is closed.

flaky: so many of a hundred recipients are told to come again later, by a seeded choice.
each: says 421 and closes the connection after so many messages.
hangs: takes a message to its last byte and never says so.
small: keeps of each message its recipient and id only, as lines of `log`.
"""
import base64
import json
import pathlib
import random
import re
import socket
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

folder = pathlib.Path(sys.argv[1])
flags = dict((part.split("=", 1) + [""])[:2] for part in sys.argv[2:])


class Handler:
    """Keeps what it accepts, numbered."""

    count = 0
    luck = random.Random(5)

    async def handle_MAIL(self, server, session, envelope, address, options):
        session.served = getattr(session, "served", 0) + 1
        if "each" in flags and session.served > int(flags["each"]):
            server.transport.write(b"421 4.7.0 enough, come again\r\n")
            server.transport.close()
            return "421 4.7.0 enough, come again"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "flaky" in flags and self.luck.randrange(100) < int(flags["flaky"]):
            return "451 4.7.1 try again later, " + address
        if address == flags.get("refuse"):
            return "550 5.1.1 no such user " + address
        if address == flags.get("busy"):
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        Handler.count += 1
        if "small" in flags:
            found = re.search(rb"(?im)^Message-ID:\s*(<[^>]*>)", envelope.original_content)
            with open(folder / "log", "a") as log:
                log.write(f"{envelope.rcpt_tos[0]} {found.group(1).decode()}\n")
            return "250 2.0.0 kept as %d" % Handler.count
        (folder / f"{Handler.count}.eml").write_bytes(envelope.original_content)
        (folder / f"{Handler.count}.json").write_text(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos,
            "tls": session.ssl is not None or "tls" in flags,
            "user": session.auth_data.decode() if session.auth_data else None,
            "mechanism": getattr(session, "mechanism", None),
        }))
        return "250 2.0.0 kept as %d for %s" % (Handler.count, envelope.rcpt_tos[0])

    async def auth_XOAUTH2(self, server, args):
        blob = await server.challenge_auth("") if len(args) == 1 else base64.b64decode(args[1])
        if isinstance(blob, bytes) is False:
            return AuthResult(success=False, handled=True)
        server.session.mechanism = "XOAUTH2"
        right = blob == b"user=sverka\x01auth=Bearer t0ken\x01\x01"
        return AuthResult(success=right, handled=False, auth_data=b"sverka")


def authenticate(server, session, envelope, mechanism, data):
    session.mechanism = mechanism
    right = data.login == b"sverka" and data.password == "päss wörd".encode()
    return AuthResult(success=right, handled=False, auth_data=data.login)


def misbehave_in_data():
    """Accepts everything up to the body; goes away in its middle, or hangs behind its end."""
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)

    def serve():
        while True:
            client, _ = listener.accept()
            with client, client.makefile("rb") as lines:
                client.sendall(b"220 here\r\n")
                for line in lines:
                    verb = line[:4].upper()
                    if verb == b"EHLO":
                        client.sendall(b"250 here\r\n")
                    elif verb == b"DATA":
                        client.sendall(b"354 go on\r\n")
                        if "hangs" in flags:
                            for line in lines:
                                if line == b".\r\n":
                                    break
                            lines.read()
                            break
                        client.recv(1000)
                        client.setsockopt(
                            socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                        break
                    else:
                        client.sendall(b"250 OK\r\n")

    threading.Thread(target=serve, daemon=True).start()


if "dies" in flags or "hangs" in flags:
    misbehave_in_data()
else:
    context = None
    if "cert" in flags:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(flags["cert"], flags["key"])
    options = {"data_size_limit": 50_000_000}
    if "starttls" in flags:
        options.update(tls_context=context, require_starttls=True)
    if "auth" in flags:
        options.update(
            authenticator=authenticate, auth_required=True, auth_require_tls="plain" not in flags)
        if flags["auth"]:
            options["auth_exclude_mechanism"] = (
                {"PLAIN", "LOGIN", "XOAUTH2"} - {flags["auth"]})
    host = "::1" if "v6" in flags else "127.0.0.1"
    listener = socket.create_server(
        (host, 0), family=socket.AF_INET6 if "v6" in flags else socket.AF_INET)
    port = listener.getsockname()[1]
    listener.close()
    controller = Controller(
        Handler(), hostname=host, port=port,
        ssl_context=context if "tls" in flags else None, **options)
    if "tls" in flags and "auth" in flags:
        controller.SMTP_kwargs["auth_require_tls"] = False
    controller.start()
    print(port, flush=True)
sys.stdin.read()
