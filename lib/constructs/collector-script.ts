/**
 * What the collector container runs. It is plain POSIX sh because it runs in the suite's own image,
 * and short because every reviewer of a chart reads it there.
 */
export const collectorScript = `#!/bin/sh
# kubesuite collector: runs beside the suite, in the suite's own image. Kubernetes sends SIGTERM when
# the suite has ended. The results folder is then packed and printed here, on the collector's stdout:
#
#   kubesuite:begin v=1 pod=<its uid> size=<packed bytes> sha256=<of the packed bytes>
#   kubesuite:<line number> <base64>
#   kubesuite:end lines=<count> at=<seconds since 1970>      or      kubesuite:error <code> <details>
#
# Size and hash, or the error, are also the termination message: a log that was cut is noticed.
set -u
unset TAR_OPTIONS GZIP
export LC_ALL=C
folder=\${KUBESUITE_RESULTS:-/results}
limit=\${KUBESUITE_MAX_BYTES:-5242880}
unpacked_limit=209715200 # a huge sparse file packs small, but takes longer than the pod has
message=\${KUBESUITE_TERMINATION_LOG:-/dev/termination-log}
width=6000 # container runtimes split lines of 16 KiB
sleeper= missing=

tell() { (printf '%s' "$1" >"$message") 2>/dev/null || :; }

announce() { tell "error=$1 $2"; printf 'kubesuite:error %s %s\\n' "$1" "$2"; }

refuse() { announce "$1" "$(printf '%s' "$2" | tr -c ' -~' ' ' | head -c 500)"; exit 1; }

collect() {
  trap '' TERM INT
  [ -z "$sleeper" ] || kill "$sleeper" 2>/dev/null
  [ -z "$missing" ] || exit 1
  [ -d "$folder" ] || refuse missing-folder "$folder"
  cd "$folder" 2>/dev/null || refuse unreadable "$folder"
  work=$(mktemp -d 2>/dev/null) || refuse unwritable "\${TMPDIR:-/tmp}"
  pack=$work/results.tar.gz

  # The exit status of tar would be lost in the pipe, so it goes through a file.
  { tar -cf - . 2>"$work/complaints"; echo $? >"$work/status"; } |
    head -c $((unpacked_limit + 1)) | gzip -c | head -c $((limit + 1)) >"$pack" ||
    refuse unwritable "$work"
  size=$(($(wc -c <"$pack")))
  [ "$size" -le "$limit" ] || refuse too-large "packed limit=$limit"
  [ "$(gzip -dc <"$pack" | wc -c)" -le "$unpacked_limit" ] || refuse too-large "unpacked limit=$unpacked_limit"
  read -r status <"$work/status" || status=unknown

  sum=$(sha256sum <"$pack")
  sum=\${sum%% *}
  [ "$status" != 0 ] || tell "size=$size sha256=$sum"
  printf 'kubesuite:begin v=1 pod=%s size=%s sha256=%s\\n' "\${KUBESUITE_POD:-unknown}" "$size" "$sum"
  { base64 <"$pack" | tr -d '\\n'; echo; } | fold -w "$width" | sed = | sed 'N; s/^/kubesuite:/; s/\\n/ /'
  [ "$status" = 0 ] || refuse unreadable "$(head -c 500 "$work/complaints")"
  printf 'kubesuite:end lines=%s at=%s\\n' $((((size + 2) / 3 * 4 + width - 1) / width)) "$(date +%s 2>/dev/null)"
  exit 0
}

trap collect TERM INT
for tool in base64 fold gzip head mktemp sed sha256sum sleep tar tr wc; do
  command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
done
[ -z "$missing" ] || announce missing-tool "\${missing# }"
while sleep 0; do
  sleep 3600 >/dev/null 2>&1 &
  sleeper=$!
  wait "$sleeper"
done
exit 1
`;
