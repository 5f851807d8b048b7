# One image for web, worker and clock; docker-compose.yml says which of them a container is.
FROM node:24-slim AS packages
WORKDIR /house
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM python:3.13-slim AS house
ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 \
    DJANGO_SETTINGS_MODULE=coalition.settings.production VAR_DIR=/var/lib/house
WORKDIR /house
COPY requirements.txt ./
RUN pip install --require-hashes --only-binary :all: -r requirements.txt
RUN useradd --system --uid 10001 --home-dir /nonexistent house \
    && mkdir -p /var/lib/house/media /var/lib/house/prints /var/lib/house/static && chown -R house:house /var/lib/house
COPY manage.py ./
COPY coalition coalition
COPY cms cms
COPY tasks tasks
COPY templates templates
COPY --from=packages /house/node_modules node_modules
# The settings ask for a key and a name; neither stays in the image.
RUN SECRET_KEY=build PUBLIC_HOST=localhost EMAIL_URL=smtp://localhost:25 \
    sh -c "python manage.py compile_words && python manage.py collectstatic --noinput --verbosity 0" \
    && rm -f /var/lib/house/db.sqlite3* && chown -R house:house /var/lib/house
USER house
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--no-ws", "coalition.wsgi:application"]
