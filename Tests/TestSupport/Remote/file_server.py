"""A file server for tests: file_server.py FOLDER ftp|ftpes|http|https|sftp [cert=FILE key=FILE]

[dies=BYTES] [ranges] [index=HTML] [grows]. The user is sverka, the password "päss wörd". Prints its
port and for sftp its host key, then every command that it gets, and ends with its input.

dies: the first transfer of a file breaks off after so many bytes. ranges: HTTP with ranges, which
Python's own server does not have. grows: each look at a file finds it larger.
"""
import base64
import hashlib
import http.server
import os
import pathlib
import ssl
import sys
import threading

folder = pathlib.Path(sys.argv[1])
kind = sys.argv[2]
flags = dict((part.split("=", 1) + [""])[:2] for part in sys.argv[3:])
USER, PASSWORD = "sverka", "päss wörd"
budget = {"left": int(flags["dies"]) if "dies" in flags else None}


def tell(line):
    print(line, flush=True)


def grow(path):
    if "grows" in flags and os.path.isfile(path):
        with open(path, "ab") as file:
            file.write(b"x")


def serve_ftp():
    from pyftpdlib.authorizers import DummyAuthorizer
    from pyftpdlib.handlers import DTPHandler, FTPHandler, TLS_DTPHandler, TLS_FTPHandler
    from pyftpdlib.servers import FTPServer

    base = TLS_FTPHandler if kind == "ftpes" else FTPHandler
    data = TLS_DTPHandler if kind == "ftpes" else DTPHandler

    class Channel(data):
        def push_with_producer(self, producer):
            if budget["left"] is not None:
                left, budget["left"] = budget["left"], None
                more = producer.more

                def cut():
                    nonlocal left
                    piece = more()[:left]
                    left -= len(piece)
                    if not piece:
                        self.cmd_channel.close()
                    return piece

                producer.more = cut
            super().push_with_producer(producer)

    class Handler(base):
        dtp_handler = Channel
        encoding = "utf-8"
        use_sendfile = False

        def pre_process_command(self, line, cmd, arg):
            tell(cmd if cmd == "PASS" else line)
            super().pre_process_command(line, cmd, arg)

        def ftp_SIZE(self, path):
            grow(path)
            return super().ftp_SIZE(path)

    authorizer = DummyAuthorizer()
    authorizer.add_user(USER, PASSWORD, str(folder), perm="elr")
    Handler.authorizer = authorizer
    Handler.auth_failed_timeout = 0
    if kind == "ftpes":
        Handler.certfile, Handler.keyfile = flags["cert"], flags["key"]
        Handler.tls_control_required = Handler.tls_data_required = True
    server = FTPServer(("127.0.0.1", 0), Handler)
    tell(server.address[1])
    threading.Thread(target=server.serve_forever, daemon=True).start()


def serve_http():
    expected = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(folder))

        def log_message(self, *arguments):
            pass

        def do_HEAD(self):
            self.answer(super().do_HEAD)

        def do_GET(self):
            self.answer(super().do_GET)

        def answer(self, plain):
            tell(f"{self.command} {self.path} {self.headers.get('Range', '-')}")
            if self.headers.get("Authorization", expected) != expected:
                self.send_error(401)
                return
            if self.path.startswith("/moved/"):
                self.send_response(302)
                self.send_header("Location", flags.get("moved", "/") + self.path[7:])
                self.end_headers()
                return
            if self.path == "/" and "index" in flags:
                page = flags["index"].encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(page)))
                self.end_headers()
                self.wfile.write(page)
                return
            place = folder / self.path.lstrip("/")
            if self.command == "HEAD":
                grow(place)
            if self.command != "GET" or not place.is_file() or (
                    "ranges" not in flags and budget["left"] is None):
                plain()
                return
            content = place.read_bytes()
            start = 0
            wanted = self.headers.get("Range", "")
            if wanted and "ranges" in flags:
                start = int(wanted.removeprefix("bytes=").split("-")[0])
                self.send_response(206)
                self.send_header(
                    "Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
            else:
                self.send_response(200)
            self.send_header("Content-Length", str(len(content) - start))
            self.send_header(
                "Last-Modified", self.date_time_string(int(place.stat().st_mtime)))
            self.end_headers()
            left, budget["left"] = budget["left"], None
            if left is None:
                self.wfile.write(content[start:])
            else:
                self.wfile.write(content[start:start + left])
                self.wfile.flush()
                self.close_connection = True

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if kind == "https":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(flags["cert"], flags["key"])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    tell(server.server_address[1])
    threading.Thread(target=server.serve_forever, daemon=True).start()


def serve_sftp():
    import asyncio

    import asyncssh

    host_key = asyncssh.generate_private_key("ssh-ed25519")
    digest = hashlib.sha256(host_key.public_data).digest()
    client_key = asyncssh.generate_private_key("ssh-ed25519")
    if "clientkey" in flags:
        # libssh2 reads the form that ssh-keygen writes.
        client_key.write_private_key(flags["clientkey"], "openssh")
        os.chmod(flags["clientkey"], 0o600)

    class Server(asyncssh.SSHServer):
        def begin_auth(self, username):
            return True

        def password_auth_supported(self):
            return True

        def validate_password(self, username, password):
            return (username, password) == (USER, PASSWORD)

        def public_key_auth_supported(self):
            return True

        def validate_public_key(self, username, key):
            return username == USER and key.public_data == client_key.public_data

    class Files(asyncssh.SFTPServer):
        def __init__(self, channel):
            super().__init__(channel, chroot=str(folder))

        def open(self, path, pflags, attrs):
            tell("OPEN " + os.path.basename(path).decode())
            return super().open(path, pflags, attrs)

        def read(self, file, offset, size):
            if budget["left"] is not None and offset + size > budget["left"]:
                budget["left"] = None
                self.channel.get_connection().abort()
            return super().read(file, offset, size)

        def stat(self, path):
            grow(self.map_path(path))
            return super().stat(path)

    async def main():
        server = await asyncssh.create_server(
            Server, "127.0.0.1", 0, server_host_keys=[host_key], sftp_factory=Files)
        tell(server.get_port())
        tell(base64.b64encode(digest).decode().rstrip("="))
        tell(host_key.export_public_key().decode().strip())
        await asyncio.Event().wait()

    threading.Thread(target=lambda: asyncio.run(main()), daemon=True).start()


{"ftp": serve_ftp, "ftpes": serve_ftp, "http": serve_http, "https": serve_http,
 "sftp": serve_sftp}[kind]()
sys.stdin.read()
