"""A hostile mirror on the loopback: whatever it sends, the next mirror is tried, memory stays bounded, and the file arrives."""

import contextlib
import functools
import gzip
import os
import socket
import socketserver
import struct
import threading
import time
import zlib

from drilling import synthetic
from drilling.campaigns.inputs import unpacked
from drilling.cases import SILENT, UNCLEAR

# How long a mirror that says nothing may hold up a fetch: the program gives a connection a minute, for each of four files.
SILENT_MIRROR_LIMIT = 400


class Mirror:
    """A server that misbehaves under `/bad/` as one function says, and serves files rightly under `/good/`.

    The function gets the connection, the file's name, its packed bytes and the first byte that is asked for.
    """

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
            status = f"206 Partial Content\r\nContent-Range: bytes {start}-{len(content) - 1}/{len(content)}" if start else "200 OK"
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


# Misbehaviours: (connection, name, content, start)


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
        connection, "206 Partial Content", content, headers=[f"Content-Range: {value}"])


@functools.cache
def bomb():
    """Three gigabytes of nothing in three megabytes: one packed block, over and over. The sum at its end is wrong, which
    nobody finds out who has not unpacked it all."""
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
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(content) + content[:len(content) // 2])
    time.sleep(0.05)
    reset(connection)


def reset_at_once(connection, name, content, start):
    reset(connection)


def reset_always_one_byte_later(connection, name, content, start):
    """Each connection brings one byte more, and so hope: for as many connections as the file has bytes."""
    connection.sendall(
        b"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %d-%d/%d\r\nContent-Length: %d\r\n\r\n" % (
            start, len(content) - 1, len(content), len(content) - start) + b"\0")
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
        connection.sendall(content[place:place + 1])
        time.sleep(1)


def say_nothing(connection, name, content, start):
    time.sleep(150)


HUGE = 2**63 - 1
MISBEHAVIOURS = {
    "length-zero": _length(0), "length-small": _length(10), "length-large": _length(10**6), "length-huge": _length(HUGE),
    "length-beyond": _length(HUGE + 1), "length-absurd": _length("9" * 400), "length-negative": _length(-1),
    "length-text": _length("many"), "length-twice": _length("5\r\nContent-Length: 7"), "length-none": _length(False),
    "status-404": _status("404 Not Found"), "status-500": _status("500 Oops"), "status-204": _status("204 No Content"),
    "status-416": _status("416 Range Not Satisfiable"), "status-304": _status("304 Not Modified"), "status-999": _status("999 ?"),
    "status-401": _status("401 No", 'WWW-Authenticate: Basic realm="\x1b[31mx"'), "status-407": _status("407 Proxy"),
    "status-206-unasked": _range("bytes 0-9/10"), "range-elsewhere": _range("bytes 7-99/100"), "range-text": _range("many"),
    "range-huge": _range(f"bytes {HUGE}-{HUGE}/{HUGE}"), "range-negative": _range("bytes -5--1/-1"),
    "html": _body(lambda _: b"<html>Sign in to go on \x1b[31m</html>"), "empty": _body(lambda _: b""),
    "cut": _body(lambda content: content[:-9]), "longer": _body(lambda content: content + b"x" * 5000),
    "other-bytes": _body(lambda content: synthetic.packed(b"other")), "plain": _body(lambda content: gzip.decompress(content)),
    "two-members": _body(lambda content: content + content), "flipped": _body(lambda content: content[:99] + b"?" + content[100:]),
    "gzip-head-only": _body(lambda content: content[:10]), "bomb-encoded": encoded_bomb, "bomb-as-file": file_bomb,
    "encoded-twice": encoded_twice, "encoding-broken": broken_encoding,
    "endless-body": endless_body, "endless-headers": endless_headers, "endless-header": endless_header,
    "endless-continue": endless_continue, "endless-chunk-head": endless_chunk_head,
    "chunks-cut": _chunks(lambda content: b"%x\r\n" % len(content) + content[:50]),
    "chunks-lie": _chunks(lambda content: b"5\r\n" + content + b"\r\n0\r\n\r\n"),
    "chunks-huge": _chunks(lambda content: b"7fffffffffffffff\r\n" + content),
    "chunks-beyond": _chunks(lambda content: b"ffffffffffffffffff\r\n" + content),
    "chunks-negative": _chunks(lambda content: b"-5\r\n" + content), "chunks-text": _chunks(lambda content: b"xyz\r\n" + content),
    "chunks-no-end": _chunks(lambda content: b"%x\r\n" % len(content) + content + b"\r\n"),
    "reset-midway": reset_midway, "reset-at-once": reset_at_once, "reset-one-byte-later": reset_always_one_byte_later,
    "redirect-loop": redirect_loop, "redirect-grows": grow_redirect, "redirect-to-file": redirect_to_file,
    "redirect-nowhere": _status("302 Found"), "redirect-bad": _status("302 Found", "Location: http://[::zz]:99999/"),
    "redirect-javascript": _status("302 Found", "Location: javascript:alert(1)"), "redirect-data": _status("302 Found", "Location: data:,x"),
    "no-http": _raw(b"SSH-2.0-OpenSSH_9.2\r\n"), "http-0.9": _raw(b"hello\n"), "http-9": _raw(b"HTTP/9.9 200 OK\r\n\r\nx"),
    "status-line-only": _raw(b"HTTP/1.1 200 OK\r\n"), "zeros": _raw(bytes(100_000)), "nothing": _raw(b""),
    "status-line-negative": _raw(b"HTTP/1.1 -1 OK\r\n\r\n"), "header-with-zero": _raw(b"HTTP/1.1 200 OK\r\nA: \0\r\nContent-Length: 1\r\n\r\nx"),
    "cookies": _status("404 No", *(f"Set-Cookie: a{i}={'x' * 3000}; Expires=Thu, 99 Foo 99999" for i in range(50))),
}
SLOW = {"drip": drip, "says-nothing": say_nothing}


def place(case, mirrors, files, sizes=None):
    """A working directory whose catalogue names the mirrors."""
    (case.folder / "datasets").mkdir(exist_ok=True)
    (case.folder / "datasets" / "fetched.yml").write_text(synthetic.catalogue_entry(files, mirrors, sizes))


def fetch(case, limit=20):
    return case.basin("data", "fetch", "fetched", "--data", "into", limit=limit)


def expect_arrived(case, outcome, files):
    """All four files are there and right, and nothing else is."""
    if outcome.is_crash or outcome.is_hung:
        return
    if outcome.status != 0:
        return case.found(UNCLEAR, f"the good mirror did not help (status {outcome.status}): {outcome.message[-300:]}")
    folder = case.folder / "into" / "fetched"
    for name, content in files.items():
        path = folder / f"{name}.gz"
        # A mirror that serves plain bytes serves the right ones.
        if not path.exists() or content not in (path.read_bytes(), unpacked(path.read_bytes())):
            case.found(SILENT, f"status 0, but {path.name} is not the file")
    left = [path.name for path in folder.iterdir() if "partial" in path.name]
    if left:
        case.found(UNCLEAR, f"{', '.join(left)} is left behind")


def misbehaving(misbehave, case, limit=20):
    """A bad mirror before a good one; then the bad one alone."""
    files = synthetic.images(training=60, test=30, seed=case.name)
    with Mirror(files, misbehave) as mirror:
        place(case, [mirror.address("bad"), mirror.address("good")], files)
        outcome = fetch(case, limit)
        expect_arrived(case, outcome, files)
        if outcome.status == 0 and not any(path.startswith("/bad/") for path in mirror.asked):
            raise RuntimeError("the bad mirror was not asked")
    with Mirror(files, misbehave) as mirror:
        place(case, [mirror.address("bad")], files)
        alone = case.basin("data", "fetch", "fetched", "--data", "alone", limit=limit)
        if alone.status == 0:
            verified = case.basin("data", "verify", "fetched", "--data", "alone")
            if verified.status != 0:
                case.found(SILENT, "status 0, though the bad mirror did not serve the files")
        case.expect_end(alone)


def broken_off(case):
    """What arrived of a file is gone on with, whichever bytes were left as its start."""
    files = synthetic.images(training=60, test=30)
    with Mirror(files, reset_midway) as mirror:
        place(case, [mirror.address("bad")], files)
        fetch(case)
        folder = case.folder / "into" / "fetched"
        for partial in folder.glob("*partial*") if folder.exists() else []:
            kind = case.random.choice(["as-it-is", "other", "longer", "empty"])
            if kind == "other":
                partial.write_bytes(case.random.randbytes(50))
            elif kind == "longer":
                partial.write_bytes(case.random.randbytes(100_000))
            elif kind == "empty":
                partial.write_bytes(b"")
        place(case, [mirror.address("bad"), mirror.address("good")], files)
        expect_arrived(case, fetch(case), files)


def planted(plant, case):
    """Something of another's stands where the fetch wants to write: nothing outside its folder changes."""
    files = synthetic.images(training=60, test=30)
    victim = case.folder / "victim"
    victim.write_text("precious")
    folder = case.folder / "into" / "fetched"
    folder.mkdir(parents=True)
    with Mirror(files, reset_midway) as mirror:
        place(case, [mirror.address("bad")], files)
        fetch(case)
        partials = list(folder.glob("*partial*")) or [folder / "train-images-idx3-ubyte.gz"]
        for path in [*partials, *(folder / f"{name}.gz" for name in files)]:
            path.unlink(missing_ok=True)
            plant(path, victim)
        place(case, [mirror.address("bad"), mirror.address("good")], files)
        case.expect_end(fetch(case))
    if victim.read_bytes() != b"precious":
        case.found(SILENT, "a file outside the folder was written to")


def _link(path, victim):
    path.symlink_to(victim)


def _hard_link(path, victim):
    path.hardlink_to(victim)


def _dangling(path, victim):
    path.symlink_to(victim.with_name("not-there"))


def _folder(path, _):
    path.mkdir()


def _fifo(path, _):
    os.mkfifo(path)


def lying_catalogue(size, case):
    """The catalogue states a size that no file has."""
    files = synthetic.images(training=60, test=30)
    with Mirror(files, endless_body) as mirror:
        place(case, [mirror.address("good")], files, sizes=dict.fromkeys(synthetic.FILES, size))
        case.expect_refusal(fetch(case), f"a size of {size} is stated")


PLANTS = {"link": _link, "hard-link": _hard_link, "dangling-link": _dangling, "folder": _folder, "fifo": _fifo}


def cases(drill):
    for name, misbehave in MISBEHAVIOURS.items():
        yield name, functools.partial(misbehaving, misbehave)
    if drill.is_full:
        for name, misbehave in SLOW.items():
            yield name, functools.partial(misbehaving, misbehave, limit=SILENT_MIRROR_LIMIT)
    for name, plant in PLANTS.items():
        yield f"planted-{name}", functools.partial(planted, plant)
    for number in range(drill.count(3, 30)):
        yield f"broken-off-{number:02}", broken_off
    for size in (1, 10**6, 2**31, 2**62, HUGE):
        yield f"stated-size-{size}", functools.partial(lying_catalogue, size)
