"""A hostile mirror on the loopback.

The campaign `http` fetches from it. Each misbehaviour is a function of the connection, the file's name, its packed
bytes and the first byte that is asked for.
"""

import contextlib
import functools
import gzip
import socket
import socketserver
import struct
import threading
import time
import zlib

from drilling import synthetic


class Mirror:
    """A server that misbehaves under `/bad/` as one function says, and serves files rightly under `/good/`."""

    def __init__(self, files, misbehave):
        packed = {f"{name}.gz": synthetic.packed(content) for name, content in files.items()}
        mirror = self

        class Handler(socketserver.StreamRequestHandler):
            timeout = 30

            def handle(self):
                # Whatever the client does to the connection is its own affair.
                with contextlib.suppress(OSError):
                    mirror.answer(self, packed, misbehave)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self.server = Server(("127.0.0.1", 0), Handler)
        self.asked = []

    def answer(self, handler, packed, misbehave):
        words = handler.rfile.readline().decode("latin-1").split()
        start = 0
        while (line := handler.rfile.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            if name.lower() == "range":
                start = int(value.strip().removeprefix("bytes=").rstrip("-"))
        path = words[1]
        self.asked.append(path)
        name = path.rpartition("/")[2]
        if path.startswith("/bad/"):
            misbehave(handler.connection, name, packed.get(name, b""), start)
        elif name not in packed:
            send(handler.connection, "404 Not Found", b"")
        else:
            content = packed[name]
            status = (
                f"206 Partial Content\r\nContent-Range: bytes {start}-{len(content) - 1}/{len(content)}"
                if start
                else "200 OK"
            )
            send(handler.connection, status, content[start:])

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def address(self, folder):
        return f"http://127.0.0.1:{self.server.server_address[1]}/{folder}/"


def send(connection, status, body, *, headers=(), length=None):
    """An answer; `length` is what it claims, `False` claims none."""
    lines = [f"HTTP/1.1 {status}", "Connection: close", *headers]
    if length is not False:
        lines.append(f"Content-Length: {len(body) if length is None else length}")
    connection.sendall("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)


def reset(connection):
    """Closes with RST instead of FIN."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def _length(length):
    return lambda connection, name, content, start: send(connection, "200 OK", content, length=length)


def _status(status, *headers):
    return lambda connection, name, content, start: send(connection, status, b"<html>no</html>", headers=headers)


def _body(make):
    return lambda connection, name, content, start: send(connection, "200 OK", make(content))


def _raw(data):
    return lambda connection, name, content, start: connection.sendall(data)


def _chunks(data):
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    return lambda connection, name, content, start: connection.sendall(head + data(content))


def _range(value):
    return lambda connection, name, content, start: send(
        connection, "206 Partial Content", content, headers=[f"Content-Range: {value}"]
    )


@functools.cache
def bomb():
    """Three gigabytes of nothing in three megabytes: one packed block, over and over.

    The sum at its end is wrong, which nobody finds out who has not unpacked it all.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1 << 24)) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * 192 + packer.flush()


def encoded_bomb(connection, name, content, start):
    send(connection, "200 OK", bomb(), headers=["Content-Encoding: gzip"])


def file_bomb(connection, name, content, start):
    send(connection, "200 OK", bomb())


def encoded_twice(connection, name, content, start):
    send(connection, "200 OK", gzip.compress(content), headers=["Content-Encoding: gzip"])


def broken_encoding(connection, name, content, start):
    send(connection, "200 OK", b"no gzip at all", headers=["Content-Encoding: gzip, deflate, br"])


def endless_body(connection, name, content, start):
    connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        connection.sendall(bytes(1 << 16))


def endless_headers(connection, name, content, start):
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-More: " + b"x" * 1000 + b"\r\n")


def endless_header(connection, name, content, start):
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-More: ")
    while True:
        connection.sendall(b"x" * (1 << 16))


def endless_continue(connection, name, content, start):
    for _ in range(2_000_000):
        connection.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 50)


def endless_chunk_head(connection, name, content, start):
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"0" * (1 << 16))


def reset_midway(connection, name, content, start):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(content) + content[: len(content) // 2])
    time.sleep(0.05)
    reset(connection)


def reset_at_once(connection, name, content, start):
    reset(connection)


def reset_always_one_byte_later(connection, name, content, start):
    """Each connection brings one byte more, and so hope: for as many connections as the file has bytes."""
    connection.sendall(
        b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %d-%d/%d\r\nContent-Length: %d\r\n\r\n"
        % (start, len(content) - 1, len(content), len(content) - start)
        + b"\0"
    )
    time.sleep(0.02)
    reset(connection)


def redirect_loop(connection, name, content, start):
    send(connection, "302 Found", b"", headers=[f"Location: /bad/{name}"])


def grow_redirect(connection, name, content, start):
    send(connection, "302 Found", b"", headers=[f"Location: /bad/{'x' * 60000}/{name}"])


def redirect_to_file(connection, name, content, start):
    send(connection, "302 Found", b"", headers=["Location: file:///etc/passwd"])


def drip(connection, name, content, start):
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(content))
    for place in range(len(content)):
        connection.sendall(content[place : place + 1])
        time.sleep(1)


def say_nothing(connection, name, content, start):
    time.sleep(150)


HUGE = 2**63 - 1
MISBEHAVIOURS = {
    "length-zero": _length(0),
    "length-small": _length(10),
    "length-large": _length(10**6),
    "length-huge": _length(HUGE),
    "length-beyond": _length(HUGE + 1),
    "length-absurd": _length("9" * 400),
    "length-negative": _length(-1),
    "length-text": _length("many"),
    "length-twice": _length("5\r\nContent-Length: 7"),
    "length-none": _length(False),
    "status-404": _status("404 Not Found"),
    "status-500": _status("500 Oops"),
    "status-204": _status("204 No Content"),
    "status-416": _status("416 Range Not Satisfiable"),
    "status-304": _status("304 Not Modified"),
    "status-999": _status("999 ?"),
    "status-401": _status("401 No", 'WWW-Authenticate: Basic realm="\x1b[31mx"'),
    "status-407": _status("407 Proxy"),
    "status-206-unasked": _range("bytes 0-9/10"),
    "range-elsewhere": _range("bytes 7-99/100"),
    "range-text": _range("many"),
    "range-huge": _range(f"bytes {HUGE}-{HUGE}/{HUGE}"),
    "range-negative": _range("bytes -5--1/-1"),
    "html": _body(lambda _: b"<html>Sign in to go on \x1b[31m</html>"),
    "empty": _body(lambda _: b""),
    "cut": _body(lambda content: content[:-9]),
    "longer": _body(lambda content: content + b"x" * 5000),
    "other-bytes": _body(lambda content: synthetic.packed(b"other")),
    "plain": _body(lambda content: gzip.decompress(content)),
    "two-members": _body(lambda content: content + content),
    "flipped": _body(lambda content: content[:99] + b"?" + content[100:]),
    "gzip-head-only": _body(lambda content: content[:10]),
    "bomb-encoded": encoded_bomb,
    "bomb-as-file": file_bomb,
    "encoded-twice": encoded_twice,
    "encoding-broken": broken_encoding,
    "endless-body": endless_body,
    "endless-headers": endless_headers,
    "endless-header": endless_header,
    "endless-continue": endless_continue,
    "endless-chunk-head": endless_chunk_head,
    "chunks-cut": _chunks(lambda content: b"%x\r\n" % len(content) + content[:50]),
    "chunks-lie": _chunks(lambda content: b"5\r\n" + content + b"\r\n0\r\n\r\n"),
    "chunks-huge": _chunks(lambda content: b"7fffffffffffffff\r\n" + content),
    "chunks-beyond": _chunks(lambda content: b"ffffffffffffffffff\r\n" + content),
    "chunks-negative": _chunks(lambda content: b"-5\r\n" + content),
    "chunks-text": _chunks(lambda content: b"xyz\r\n" + content),
    "chunks-no-end": _chunks(lambda content: b"%x\r\n" % len(content) + content + b"\r\n"),
    "reset-midway": reset_midway,
    "reset-at-once": reset_at_once,
    "reset-one-byte-later": reset_always_one_byte_later,
    "redirect-loop": redirect_loop,
    "redirect-grows": grow_redirect,
    "redirect-to-file": redirect_to_file,
    "redirect-nowhere": _status("302 Found"),
    "redirect-bad": _status("302 Found", "Location: http://[::zz]:99999/"),
    "redirect-javascript": _status("302 Found", "Location: javascript:alert(1)"),
    "redirect-data": _status("302 Found", "Location: data:,x"),
    "no-http": _raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
    "http-0.9": _raw(b"hello\n"),
    "http-9": _raw(b"HTTP/9.9 200 OK\r\n\r\nx"),
    "status-line-only": _raw(b"HTTP/1.1 200 OK\r\n"),
    "zeros": _raw(bytes(100_000)),
    "nothing": _raw(b""),
    "status-line-negative": _raw(b"HTTP/1.1 -1 OK\r\n\r\n"),
    "header-with-zero": _raw(b"HTTP/1.1 200 OK\r\nA: \0\r\nContent-Length: 1\r\n\r\nx"),
    "cookies": _status("404 No", *(f"Set-Cookie: a{i}={'x' * 3000}; Expires=Thu, 99 Foo 99999" for i in range(50))),
}
SLOW = {"drip": drip, "says-nothing": say_nothing}
