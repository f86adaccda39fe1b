"""An operator without a CRD: for each ConfigMap with the label example.com/greet it keeps another, <name>-greeting."""

import json
import os
import ssl
import time
import urllib.error
import urllib.request

FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount"
NAMESPACE = open(f"{FOLDER}/namespace").read()
URL = f"https://{os.environ['KUBERNETES_SERVICE_HOST']}:{os.environ['KUBERNETES_SERVICE_PORT']}/api/v1/namespaces/{NAMESPACE}/configmaps"
TRUST = ssl.create_default_context(cafile=f"{FOLDER}/ca.crt")


def ask(method, path="", body=None):
    headers = {"Authorization": f"Bearer {open(f'{FOLDER}/token').read()}", "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(URL + path, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=10, context=TRUST) as answer:
        return json.load(answer)


def greet(wish):
    name = f"{wish['metadata']['name']}-greeting"
    owner = {"apiVersion": "v1", "kind": "ConfigMap", "name": wish["metadata"]["name"], "uid": wish["metadata"]["uid"]}
    data = {"text": f"Hello, {wish['data']['who']}!"}
    greeting = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "ownerReferences": [owner]}, "data": data}
    try:
        if ask("GET", f"/{name}")["data"] != data:
            ask("PUT", f"/{name}", greeting)
    except urllib.error.HTTPError as error:
        if error.code != 404:
            raise
        ask("POST", body=greeting)


while True:
    try:
        for wish in ask("GET", "?labelSelector=example.com/greet")["items"]:
            greet(wish)
    except OSError as error:
        print(f"trying again: {error}", flush=True)
    time.sleep(0.5)
