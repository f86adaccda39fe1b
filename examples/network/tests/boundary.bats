@test "the web shop answers" {
  timeout 5 bash -c 'exec 3<>/dev/tcp/web/80'
}

@test "the database is out of reach" {
  run timeout 5 bash -c 'exec 3<>/dev/tcp/db.data/5432'
  [ "$status" -ne 0 ]
}
