"""The talk between this server and ACM/IDM: what is asked, which answers are believed, and what is kept of them."""

from urllib.parse import urlsplit

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from cms.base.acm import ACM
from coalition.evidence.rules import kept

# Asymmetric alone: a token signed with what everybody may read, or not at all, is no token.
ALGORITHMS = ["RS256", "PS256", "ES256"]
CLOCKS_DIFFER = 60
DISCOVERY_KEPT = 600
NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


class Conversation(OpenIDConnectOAuth2Adapter):
    """The talk between this server and ACM/IDM. Whatever goes wrong in it becomes an OAuth2Error, never a crash."""

    basic_auth = True

    @property
    def openid_config(self) -> dict:
        """What ACM/IDM says of itself, kept for ten minutes; raises OAuth2Error when it is not itself."""
        server = settings.ACM["server_url"]
        key = f"acm:{server}"
        config = cache.get(key)
        if config is None:
            config = self._json(f"{server}/.well-known/openid-configuration")
            if missing := [name for name in NEEDED if not isinstance(config.get(name), str)]:
                raise OAuth2Error(f"discovery without {', '.join(missing)}")
            if config["issuer"].rstrip("/") != server:
                raise OAuth2Error("discovery of another issuer")
            if urlsplit(server).scheme == "https" and any(urlsplit(config[n]).scheme != "https" for n in NEEDED):
                raise OAuth2Error("discovery leads away from https")
            cache.set(key, config, DISCOVERY_KEPT)
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """One address whatever the language of the visit: it is the one that ACM/IDM knows."""
        with override(settings.LANGUAGE_CODE):
            return settings.PUBLIC_URL + reverse("acm_return")

    def get_access_token_data(self, *args, **kwargs) -> dict:
        try:
            return super().get_access_token_data(*args, **kwargs)
        except (KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("unreadable answer") from error

    def parse_token(self, data: dict) -> SocialToken:
        """The access token is not used: all that is needed stands in the ID token."""
        return SocialToken(token="")

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs) -> SocialLogin:
        claims = self._believed(app, kwargs["response"].get("id_token"))
        login = self.get_provider().sociallogin_from_response(request, claims)
        login.nonce = claims.get("nonce")
        return login

    def _believed(self, app: SocialApp, id_token: object) -> dict:
        """The claims of an ID token that ACM/IDM signed for us, just now. Raises OAuth2Error for any other."""
        if not isinstance(id_token, str):
            raise OAuth2Error("no ID token")
        try:
            keys = jwt.PyJWKSet.from_dict(self._json(self.openid_config["jwks_uri"]))
            header = jwt.get_unverified_header(id_token)
            key = next(key for key in keys.keys if header.get("kid") in (None, key.key_id))
            claims = jwt.decode(
                id_token,
                key,
                algorithms=ALGORITHMS,
                audience=app.client_id,
                issuer=self.openid_config["issuer"],
                leeway=CLOCKS_DIFFER,
                options={"require": ["sub", "iss", "aud", "exp", "iat"]},
            )
        except (jwt.PyJWTError, StopIteration, KeyError, TypeError, ValueError, AttributeError) as error:
            raise OAuth2Error(f"ID token refused: {type(error).__name__}") from error
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 191:
            raise OAuth2Error("ID token refused: sub")
        return claims

    def _json(self, url: str) -> dict:
        with get_adapter(self.request).get_requests_session() as session:
            response = session.get(url)
            response.raise_for_status()
            found = response.json()
        if not isinstance(found, dict):
            raise OAuth2Error("unreadable answer")
        return found


class Provider(OpenIDConnectProvider):
    """What is asked of ACM/IDM and what is kept of its answer: who it is, and for which organisation; nothing else."""

    oauth2_adapter_class = Conversation

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """The scopes of the settings: a visitor cannot ask for more (an address with ?scope=rrn)."""
        return list(settings.ACM["scopes"])

    def extract_uid(self, data: dict) -> str:
        return data["sub"]

    def extract_extra_data(self, data: dict) -> dict:
        return kept(data)

    def extract_common_fields(self, data: dict) -> dict:
        """No name, and above all no e-mail address: nobody is found, or made, by one."""
        return {}

    def extract_email_addresses(self, data: dict) -> list:
        return []


def the_app() -> SocialApp:
    """ACM/IDM as allauth wants to hear of it."""
    return SocialApp(
        provider=Provider.id,
        provider_id=ACM,
        name="ACM/IDM",
        client_id=settings.ACM["client_id"],
        secret=settings.ACM["secret"],
        settings={
            "server_url": settings.ACM["server_url"],
            "token_auth_method": "client_secret_basic",
            "oauth_pkce_enabled": True,
            "fetch_userinfo": False,
            "uid_field": "sub",
        },
    )
