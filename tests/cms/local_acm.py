"""ACM/IDM on this machine: a real OpenID provider behind a porter that can be slow, broken, or lie."""

import base64
import hashlib
import html
import json
import re
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import jwt
import oidc_provider_mock
import requests
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

FORGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
MAYOR = {"vo_orgcode": "0207509031", "vo_orgnaam": "Gemeente Lennik", "vo_doelgroepcode": "LB"}


class Acm:
    """A WSGI application: the provider, what it was asked, and what is done to its answers."""

    def __init__(self) -> None:
        self.provider = oidc_provider_mock.app()
        self.asked: list[dict] = []
        self.challenges: dict[str, str] = {}
        # A function of a token's claims that returns another token: signed by a key that the provider then lists.
        self.forge: Callable[[dict], str] | None = None
        self.answers: dict[str, Callable[[], Response]] = {}
        self.url = ""

    def __call__(self, environ: dict, start_response: Callable):
        request = Request(environ)
        # The body is read here and must be there for the provider again.
        request.get_data(cache=True, parse_form_data=False)
        for path, answer in self.answers.items():
            if request.path.startswith(path):
                return answer()(environ, start_response)
        if request.path == "/oauth2/token":
            return self.token(request)(environ, start_response)
        response = Response.from_app(self.provider, rewound(request))
        if request.path == "/oauth2/authorize" and request.method == "POST":
            code = parse_qs(urlsplit(response.location or "").query).get("code", [""])[0]
            self.challenges[code] = request.args.get("code_challenge", "")
        if request.path == "/jwks" and self.forge:
            listed = jwt.algorithms.RSAAlgorithm.to_jwk(FORGER.public_key(), as_dict=True) | {"kid": "f"}
            response = Response(json.dumps({"keys": [listed]}), mimetype="application/json")
        return response(environ, start_response)

    def token(self, request: Request) -> Response:
        """A token for a code, if the asker holds what he promised when he asked for the code (RFC 7636)."""
        form = parse_qs(request.get_data(as_text=True))
        self.asked.append({"form": form, "authorization": request.headers.get("Authorization", "")})
        verifier = form.get("code_verifier", [""])[0]
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        if self.challenges.get(form["code"][0]) != digest:
            return Response('{"error": "invalid_grant"}', status=400, mimetype="application/json")
        response = Response.from_app(self.provider, rewound(request))
        if self.forge:
            body = response.json
            claims = jwt.decode(body["id_token"], options={"verify_signature": False})
            body["id_token"] = self.forge(claims)
            response = Response(json.dumps(body), mimetype="application/json")
        return response

    def knows(self, sub: str, **claims: object) -> None:
        requests.put(f"{self.url}/users/{sub}", json=claims, timeout=5).raise_for_status()

    def settings(self) -> dict:
        return {"server_url": self.url, "client_id": "coalities", "secret": "geheim", "scopes": ["openid", "vo"]}


def rewound(request: Request) -> dict:
    return request.environ | {"wsgi.input": BytesIO(request.get_data())}


def signed(claims: dict, key=FORGER, kid: str = "f") -> str:
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid})


def says(status: int = 200, text: str = "", after: float = 0) -> Callable[[], Response]:
    """An answer in the place of the provider's, `after` some seconds."""

    def answer() -> Response:
        time.sleep(after)
        return Response(text, status=status, mimetype="application/json")

    return answer


@contextmanager
def running():
    """An Acm that listens on this machine for as long as it is needed."""
    acm = Acm()
    server = make_server("127.0.0.1", 0, acm, threaded=True)
    acm.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield acm
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


def leave(client: Client, door: str = "/accounts/acm/", **data: str) -> str:
    """Press a button that leads to ACM/IDM; the address there."""
    page = client.post(door, data)
    assert page.status_code == 200, (page.status_code, page.headers.get("Location"))
    return html.unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.content.decode()).group(1))


def sign_in_there(address: str, sub: str) -> str:
    """Sign in at ACM/IDM as `sub`; the address that it sends the browser back to."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text[:500]
    return answer.headers["Location"]


def come_back(client: Client, location: str):
    """The browser follows ACM/IDM's redirect."""
    parts = urlsplit(location)
    return client.get(f"{parts.path}?{parts.query}")


def go(client: Client, sub: str, door: str = "/accounts/acm/", **data: str):
    """The whole way: there, sign in, and back; the answer that the browser then gets."""
    return come_back(client, sign_in_there(leave(client, door, **data), sub))
