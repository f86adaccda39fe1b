# What a suite does not declare in `uses` is denied. This one declares the worker and not Redis.

redis="$REDIS_HOST/6379"

# A policy may drop packets instead of refusing them, hence the limit.
connects() {
  timeout 1 bash -c ": </dev/tcp/$1" 2>/dev/null
}

# A policy is in force about a second after the pod starts: wait for it, but not for ever.
setup_file() {
  local deadline=$((SECONDS + 15))
  while connects "$redis" && ((SECONDS < deadline)); do
    sleep 0.5
  done
}

# The worker is only healthy when it reaches Redis: one that is down does not pass for one that is denied.
@test "the declared worker answers, and says that redis is up" {
  curl --fail --silent --max-time 5 "$WORKER_URL/healthz"
}

@test "the name of redis resolves" {
  getent hosts "$REDIS_HOST"
}

@test "redis, which was not declared, is denied, again and again" {
  for attempt in 1 2 3; do
    if connects "$redis"; then
      echo "attempt $attempt: $REDIS_HOST answers; does this cluster's network enforce NetworkPolicies?"
      return 1
    fi
    sleep 0.3
  done
}
