"""A mail server for tests: it does to each recipient what his name says, and keeps a log of what it accepted.

ok...             takes the letter
r421... r451... r550...   answers RCPT with that code
d451... d550...   answers the body with that code
dropbefore...     reads the body, logs it, and hangs up without an answer
dropafter...      answers 250 and hangs up
hang...           never answers the body
"""

import re
import socketserver
import threading
import time


class _Talk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 sink")
        to = ""
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"EHLO":
                self.say("250-sink\r\n250 8BITMIME")
            elif verb == b"RCPT":
                to = re.search(rb"<([^@>]*)", line).group(1).decode()
                refused = re.match(r"r(\d{3})", to)
                self.say(f"{refused.group(1)} so it says" if refused else "250 ok")
                if refused and refused.group(1) == "421":
                    return
            elif verb == b"DATA":
                self.say("354 go ahead")
                if not self.take(to):
                    return
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")

    def say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")

    def take(self, to: str) -> bool:
        body = bytearray()
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            body += line
        if to.startswith("hang"):
            time.sleep(self.server.hang)
            return False
        refused = re.match(r"d(\d{3})", to)
        if refused:
            self.say(f"{refused.group(1)} so it says")
            return True
        self.server.keep(bytes(body))
        if to.startswith("dropbefore"):
            return False
        time.sleep(self.server.delay)
        self.say("250 taken")
        return not to.startswith("dropafter")


class Sink(socketserver.ThreadingTCPServer):
    """Use as a context manager; `port`, `log` (Message-IDs in order) and `bodies` are there to be read."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 50

    def __init__(self, *, delay: float = 0, hang: float = 5) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.delay, self.hang = delay, hang
        self.port = self.server_address[1]
        self.log: list[str] = []
        self.bodies: list[bytes] = []
        self._lock = threading.Lock()

    def keep(self, body: bytes) -> None:
        found = re.search(rb"(?mi)^Message-ID:\s*(<[^>]+>)", body)
        with self._lock:
            self.log.append(found.group(1).decode() if found else "")
            self.bodies.append(body)

    def __enter__(self) -> "Sink":
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *args: object) -> None:
        self.shutdown()
        self.server_close()
