# syntax=docker/dockerfile:1
FROM node:24-slim AS furniture
WORKDIR /furniture
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --omit=dev

FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/venv/bin:$PATH
RUN useradd --system --create-home --home-dir /home/vcdb vcdb \
    && install --directory --owner vcdb --mode 0700 /data \
    && python -m venv /venv
WORKDIR /app
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY manage.py pyproject.toml ./
COPY vcdb vcdb
COPY apps apps
COPY templates templates
COPY static static
COPY --from=furniture /furniture/node_modules node_modules
# Collecting needs the production settings but none of their values: these are forgotten with this step.
RUN VCDB_ENV=production VCDB_HOME=/data SECRET_KEY=$(python -c "import secrets; print(secrets.token_urlsafe(64))") \
    VCDB_FILE_KEY=$(python -c "import base64, os; print(base64.b64encode(os.urandom(32)).decode())") \
    ALLOWED_HOSTS=build VCDB_TLS_PROXY=X-Forwarded-Proto DATABASE_URL=postgresql://build REDIS_URL=redis://build \
    python manage.py collectstatic --noinput --verbosity 0
ENV VCDB_ENV=production VCDB_HOME=/data VCDB_BIND=0.0.0.0 VCDB_DB_ROLE=web
USER vcdb
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/')"]
CMD ["gunicorn", "--config", "vcdb/gunicorn.py", "vcdb.wsgi"]
