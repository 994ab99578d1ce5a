FROM python:3.13-slim
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 CARTABLE_DATA=/data
WORKDIR /srv/cartable
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN useradd --system --home-dir /data cartable && install -d -o cartable /data
USER cartable
EXPOSE 8000
CMD ["sh", "-c", "python manage.py collectstatic --noinput -v0 && exec python -m granian --interface wsgi --host 0.0.0.0 --port 8000 --workers 2 --blocking-threads 4 ent.wsgi:application"]
