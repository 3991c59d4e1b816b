"""An SMTP server for tests: smtp_server.py FOLDER [starttls|tls|plain] [auth] [refuse=ADDRESS]

[busy=ADDRESS] [dies] [cert=FILE key=FILE]. Prints its port and waits until its input is closed.
"""
import json
import pathlib
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

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address == flags.get("refuse"):
            return "550 5.1.1 no such user " + address
        if address == flags.get("busy"):
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        Handler.count += 1
        (folder / f"{Handler.count}.eml").write_bytes(envelope.original_content)
        (folder / f"{Handler.count}.json").write_text(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos,
            "tls": session.ssl is not None or "tls" in flags,
            "user": session.auth_data.decode() if session.auth_data else None,
        }))
        return "250 kept"


def authenticate(server, session, envelope, mechanism, data):
    right = data.login == b"sverka" and data.password == "päss wörd".encode()
    return AuthResult(success=right, handled=False, auth_data=data.login)


def die_in_data():
    """Accepts everything up to the body and goes away in its middle."""
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
                        client.recv(1000)
                        client.setsockopt(
                            socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
                        break
                    else:
                        client.sendall(b"250 OK\r\n")

    threading.Thread(target=serve, daemon=True).start()


if "dies" in flags:
    die_in_data()
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
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    listener.close()
    controller = Controller(
        Handler(), hostname="127.0.0.1", port=port,
        ssl_context=context if "tls" in flags else None, **options)
    if "tls" in flags and "auth" in flags:
        controller.SMTP_kwargs["auth_require_tls"] = False
    controller.start()
    print(port, flush=True)
sys.stdin.read()
