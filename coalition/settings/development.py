"""One laptop, no configuration: SQLite, the embedded broker, mail into a folder."""

from coalition.settings import env
from coalition.settings.base import *  # noqa: F403
from coalition.settings.base import VAR_DIR

DEBUG = env.flag("DEBUG", False)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
INTERNAL_IPS = ["127.0.0.1"]
LOCAL_MAIL_PAGE = True
globals().update(env.email())


def _secret_key() -> str:
    """A key of this machine's own, made once and kept in `var`."""
    from django.core.management.utils import get_random_secret_key

    path = VAR_DIR / "secret_key"
    try:
        with path.open("x") as file:
            file.write(get_random_secret_key())
        path.chmod(0o600)
    except FileExistsError:
        pass
    return path.read_text()


SECRET_KEY = env.text("SECRET_KEY") or _secret_key()
