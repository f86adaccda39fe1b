"""Creates ConfigMaps, and watches what the operator makes of them. Prints TAP."""

import json
import os
import ssl
import urllib.error
import urllib.request

FOLDER = "/var/run/secrets/kubernetes.io/serviceaccount"
NAMESPACE = open(f"{FOLDER}/namespace").read()
URL = f"https://{os.environ['KUBERNETES_SERVICE_HOST']}:{os.environ['KUBERNETES_SERVICE_PORT']}/api/v1/namespaces/{NAMESPACE}"
TRUST = ssl.create_default_context(cafile=f"{FOLDER}/ca.crt")


def ask(method, path, body=None, content="application/json", timeout=20):
    headers = {"Authorization": f"Bearer {open(f'{FOLDER}/token').read()}", "Content-Type": content}
    data = None if body is None else json.dumps(body).encode()
    return urllib.request.urlopen(urllib.request.Request(URL + path, data, headers, method=method), timeout=timeout, context=TRUST)


def wish(name, who):
    metadata = {"name": name, "labels": {"example.com/greet": "yes"}}
    ask("POST", "/configmaps", {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"who": who}}).close()


def watch_text(name, text):
    """Waits for at most 15 s until the ConfigMap has the text."""
    with ask("GET", f"/configmaps?watch=1&timeoutSeconds=15&fieldSelector=metadata.name={name}") as changes:
        for line in changes:
            if json.loads(line)["object"].get("data", {}).get("text") == text:
                return
    raise AssertionError(f"ConfigMap {name} never said {text!r}")


def makes_a_greeting():
    wish("first", "Ada")
    watch_text("first-greeting", "Hello, Ada!")


def follows_a_change():
    ask("PATCH", "/configmaps/first", {"data": {"who": "Grace"}}, "application/merge-patch+json").close()
    watch_text("first-greeting", "Hello, Grace!")


def may_not_read_secrets():
    try:
        ask("GET", "/secrets").close()
    except urllib.error.HTTPError as error:
        assert error.code == 403, error.code
    else:
        raise AssertionError("the suite reads Secrets, which it has not declared")


tests = [makes_a_greeting, follows_a_change, may_not_read_secrets]
failed = 0
print(f"1..{len(tests)}")
for number, test in enumerate(tests, 1):
    try:
        test()
        print(f"ok {number} {test.__name__}")
    except Exception as error:
        failed += 1
        print(f"not ok {number} {test.__name__}\n# {type(error).__name__}: {error}")
try:
    ask("DELETE", "/configmaps/first").close()
except OSError as error:
    print(f"# could not remove the ConfigMap 'first': {error}")
raise SystemExit(min(failed, 1))
