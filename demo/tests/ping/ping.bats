# Smoke: the broker is there and does its work.

redis() {
  redis-cli -h "$REDIS_HOST" "$@"
}

setup() {
  key="test:ping:$HOSTNAME:$BATS_TEST_NUMBER"
}

teardown() {
  redis del "$key" >/dev/null
}

@test "redis answers PING" {
  [ "$(redis ping)" = PONG ]
}

@test "redis returns what was stored" {
  redis set "$key" "a mug" EX 60
  [ "$(redis get "$key")" = "a mug" ]
}

@test "redis hands a queue out in order" {
  redis rpush "$key" first second
  [ "$(redis lpop "$key")" = first ]
  [ "$(redis lpop "$key")" = second ]
}

@test "redis forgets an expired key" {
  redis set "$key" soon PX 100
  sleep 0.3
  [ "$(redis exists "$key")" = 0 ]
}
