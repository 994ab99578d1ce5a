"""An S3 endpoint over HTTP, one for the run, and buckets in it."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import boto3
from moto.server import ThreadedMotoServer

KEY, SECRET = "a-key", "a-secret"
_numbers = itertools.count(1)


@cache
def server() -> ThreadedMotoServer:
    """Listens on a free port until the run ends: its thread is a daemon."""
    started = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    started.start()
    return started


@contextmanager
def made() -> Iterator[str]:
    """The address of a new bucket, as `CARTABLE_STORAGE_URL` takes it."""
    host, port = server().get_host_and_port()
    name = f"cartable-{next(_numbers)}"
    client = boto3.client(
        "s3",
        endpoint_url=f"http://{host}:{port}",
        aws_access_key_id=KEY,
        aws_secret_access_key=SECRET,
        region_name="us-east-1",
    )
    client.create_bucket(Bucket=name)
    yield f"s3://{KEY}:{SECRET}@{host}:{port}/{name}?scheme=http&region=us-east-1"
