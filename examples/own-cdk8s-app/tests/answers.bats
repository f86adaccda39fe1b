@test "the application answers" {
  curl --fail --silent --retry 30 --retry-all-errors --retry-delay 1 http://web/
}
