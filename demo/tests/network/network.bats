# What a suite does not declare in `uses` is denied. This one declares the worker and not Redis.

bats_require_minimum_version 1.5.0

redis="$REDIS_HOST/6379"
worker="${WORKER_URL#http://}"
worker="${worker/://}"

connects() {
  timeout 2 bash -c ": </dev/tcp/$1" 2>/dev/null
}

# A policy is in force about a second after the pod starts: wait for it, but not for ever.
setup_file() {
  local deadline=$((SECONDS + 20))
  while connects "$redis" && ((SECONDS < deadline)); do
    sleep 0.5
  done
}

@test "the declared worker answers" {
  connects "$worker"
}

# Without this, a Redis that is down would look like one that is denied.
@test "redis is up and its name resolves" {
  curl --fail --silent --max-time 5 "$WORKER_URL/healthz"
  getent hosts "$REDIS_HOST"
}

@test "redis, which was not declared, is denied, again and again" {
  for attempt in 1 2 3; do
    run ! connects "$redis"
    sleep 0.3
  done
}
