# Smoke: the worker's HTTP endpoint.

fetch() {
  curl --silent --show-error --max-time 5 "$@"
}

status_of() {
  fetch --output /dev/null --write-out '%{http_code}' "$WORKER_URL$1"
}

@test "the worker says that it is healthy" {
  run fetch --fail "$WORKER_URL/healthz"
  [ "$status" -eq 0 ]
  [ "$output" = '{"status": "ok"}' ]
}

@test "the worker counts its tasks in Prometheus' format" {
  run fetch --fail "$WORKER_URL/metrics"
  [ "$status" -eq 0 ]
  [ "${lines[1]}" = '# TYPE shop_tasks_total counter' ]
}

@test "an unknown page is a 404" {
  [ "$(status_of /no-such-page)" = 404 ]
}

@test "a client that says nothing does not hold up the others" {
  local address="${WORKER_URL#http://}"
  exec 9<>"/dev/tcp/${address/://}"
  run status_of /healthz
  exec 9>&-
  [ "$output" = 200 ]
}
