# The suite's own ServiceAccount may read ConfigMaps of its namespace, and nothing else.

account=/var/run/secrets/kubernetes.io/serviceaccount

# Prints the answer's body and then its status code.
api() {
  curl --silent --show-error --max-time 10 --retry 3 --retry-connrefused --retry-delay 1 \
    --cacert "$account/ca.crt" \
    --header "Authorization: Bearer $(cat "$account/token")" \
    --write-out '\n%{http_code}' \
    "https://kubernetes.default.svc/api/v1/namespaces/$(cat "$account/namespace")/$1"
}

@test "the shop's settings can be read" {
  run api configmaps/shop-settings
  [ "${lines[-1]}" = 200 ]
  [[ "$output" =~ '"currency": "EUR"' ]]
}

@test "secrets cannot be listed" {
  run api secrets
  [ "${lines[-1]}" = 403 ]
}

@test "pods cannot be listed" {
  run api pods
  [ "${lines[-1]}" = 403 ]
}
