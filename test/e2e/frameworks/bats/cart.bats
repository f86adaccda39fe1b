setup() {
  [ "$BATS_TEST_DESCRIPTION" != "has no redis" ]
}

@test "has no redis" {
  true
}

@test "is empty" {
  [ -z "" ]
}
