@test "adds" {
  [ $((1 + 1)) -eq 2 ]
}

@test "prints <markup> & quotes \"" {
  run echo '<a> & "b"'
  [ "$output" = '<a> & "b"' ]
}

@test "fails" {
  echo "total is wrong"
  [ 3 -eq 4 ]
}

@test "is skipped" {
  skip "not today"
}
