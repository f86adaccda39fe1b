/**
 * What the network guard runs. It is plain POSIX sh because it runs in the suite's own image, and
 * short because every reviewer of a chart reads it there.
 */
export const guardScript = `#!/bin/sh
# kubesuite network guard: runs before the suite, in the suite's own image, and ends when the network is
# as declared: everything in KUBESUITE_USES answers and nothing in KUBESUITE_DENIES does. Without denies
# KUBESUITE_CANARIES tell that a policy is in force: they answer without one, and with the suite's not.
# All are lists of "<name> <host> <port>". After KUBESUITE_GUARD_SECONDS it gives up and says why, on its
# stdout and as its termination message: error=<code> <details>
set -u
export LC_ALL=C
uses=\${KUBESUITE_USES:-} denies=\${KUBESUITE_DENIES:-} canaries=
seconds=\${KUBESUITE_GUARD_SECONDS:-30}
message=\${KUBESUITE_TERMINATION_LOG:-/dev/termination-log}

have() {
  for program; do command -v "$program" >/dev/null 2>&1 || return 1; done
}

refuse() {
  (printf 'error=%s %s' "$1" "$2" >"$message") 2>/dev/null || :
  printf 'kubesuite:error %s %s\\n' "$1" "$2"
  exit 1
}

# Exit code 0: something listens there. wget is not asked: it takes a service without HTTP for a closed one.
connect() {
  case $tool in
    bash) timeout 1 bash -c 'echo up; exec 3<>"/dev/tcp/$0/$1"' "$1" "$2" ;;
    nc) # that of busybox may lack -z, and those with -z may lack -e
      complaint=$(nc -z -w 1 "$1" "$2" 2>&1 </dev/null) && return 0
      case $complaint in
        *option*z*) nc -w 1 "$1" "$2" -e true </dev/null ;;
        *) echo "$complaint" && return 1 ;;
      esac ;;
    python3) python3 -c 'import socket, sys; socket.create_connection(sys.argv[1:], 1)' "$1" "$2" ;;
    perl) perl -MIO::Socket::IP -e \\
      'IO::Socket::IP->new(PeerHost => $ARGV[0], PeerPort => $ARGV[1], Timeout => 1) or die $@' "$1" "$2" ;;
    curl) # its exit code does not tell a connection that stays silent from none
      case $(curl -s -m 1 -w '%{time_connect} %{errormsg}' "telnet://$1:$2" </dev/null) in
        0.000000*resolve*) echo 'name not resolved' && return 1 ;;
        0.000000*) return 1 ;;
        0.* | [1-9]*) return 0 ;;
        *) return 127 ;;
      esac ;;
  esac
}

# The first eight addresses of a host: getent has a line for each of them and each kind of socket.
addresses_of() {
  have getent timeout || { echo "$1"; return; }
  timeout 3 getent ahosts "$1" | {
    found= count=0
    while [ $count -lt 8 ] && read -r address rest; do
      case " $found " in *" $address "*) ;; *) found="$found $address" count=$((count + 1)) ;; esac
    done
    echo "$found"
  }
}

# Says open, closed, or why neither can be said, of a host: one open address makes it open.
probe() {
  port=$2 state=closed
  set -- $(addresses_of "$1")
  [ $# -gt 0 ] || { echo unresolved; return; }
  tried=$#
  set -- $(for address; do try "$address" "$port" & done; wait)
  [ $# = $tried ] || state=$tool-broken
  for seen; do
    [ "$seen" = closed ] || state=$seen
    [ "$seen" != open ] || break
  done
  echo "$state"
}

# The same of an address.
try() {
  if said=$(connect "$1" "$2" 2>&1); then echo open; return; else status=$?; fi
  case $status:$said in
    *'bad address'* | *'not known'* | *'name resolution'* | *nknown\\ host* | *lookup* | *resolve*)
      echo unresolved ;;
    124:up* | 143:up*) echo closed ;;
    124:* | 143:*) echo slow ;; # bash itself did not start within its second
    126:* | 127:* | 13[0-9]:* | *sage:* | *ImportError* | *"Can't locate"*) echo "$tool-broken" ;;
    *) echo closed ;;
  esac
}

# One "<use, deny or canary>-<state> <name> <host>:<port>" for each target, all at the same time.
look() {
  for kind in use deny canary; do
    case $kind in use) set -- $uses ;; deny) set -- $denies ;; *) set -- $canaries ;; esac
    while [ $# -ge 3 ]; do
      (printf '%s-%s %s %s:%s\\n' $kind "$(probe "$2" "$3")" "$1" "$2" "$3") &
      shift 3
    done
  done
  wait
}

# Sets wrong, empty when all is as declared, and its code; answering and heard are for the canaries.
judge() {
  code=service-unreachable silent= open= unclear= count=0 answering= heard=0
  while [ $# -ge 3 ]; do
    count=$((count + 1))
    case $1 in
      use-open | deny-closed | canary-closed | canary-unresolved) ;;
      canary-open) answering="\${answering:+$answering,} $2 ($3) answers" heard=$((heard + 1)) ;;
      use-closed) silent="$silent, $2 ($3)" ;;
      deny-open) open="$open, $2 ($3)" code=policy-not-enforced ;;
      *-broken) unclear="$unclear, $2 ($3): \${1#*-}" code=broken-tool ;;
      *) unclear="$unclear, $2 ($3): \${1#*-}" ;;
    esac
    shift 3
  done
  [ $count = $targets ] || unclear="$unclear, only $count of $targets targets looked at" code=broken-tool
  wrong=\${silent:+ no answer:\${silent#,}}\${open:+ answers although denied:\${open#,}}\${unclear:+ unclear:\${unclear#,}}
}

set -f
tool=
have date sleep || refuse missing-tool 'date and sleep'
for candidate in 'bash timeout' nc python3 perl curl; do
  have $candidate && tool=\${candidate%% *} && break
done
[ -n "$tool" ] || refuse missing-tool 'one of bash with timeout, nc, python3, perl and curl'

nameserver=
while read -r word server rest; do
  [ "$word" = nameserver ] && nameserver=$server && break
done <"\${KUBESUITE_RESOLV_CONF:-/etc/resolv.conf}"
# Something must answer, or a network that is not there yet would pass for one that denies.
if [ -z "$uses" ]; then
  [ -n "$nameserver" ] || refuse service-unreachable 'no nameserver in /etc/resolv.conf'
  uses="dns $nameserver 53"
fi
# The chart puts the file policies beside this one when it has policies. 9153 is the port of CoreDNS' metrics.
if [ -z "$denies" ] && [ -f "\${0%/*}/policies" ]; then
  canaries="\${KUBESUITE_CANARIES:-}\${nameserver:+ dns-metrics $nameserver 9153}"
fi
set -- $uses $denies $canaries
targets=$(($# / 3))
# How long canaries may go on, as they do where nothing enforces a policy.
patience=15
[ "$seconds" -ge $patience ] || patience=$seconds

started=$(date +%s) looks=0 clean=0 told= most=0
while :; do
  judge $(look)
  looks=$((looks + 1)) now=$(date +%s)
  waited=$((now - started)) awaited=
  [ $heard -le $most ] || most=$heard
  [ $heard -lt $most ] || [ $waited -ge $patience ] ||
    awaited=\${answering:+ the policy is not in force:$answering}
  # A pod may always reach nodes, whatever its policy, but no other pod: a name server is one, unless it is link-local.
  case "$nameserver $answering" in
    169.254.*) ;;
    *dns-metrics*) [ $heard -lt $most ] || [ $waited -lt $patience ] || [ $looks -lt 3 ] ||
      refuse policy-not-enforced "after $waited s with $tool, although nothing declares it:$answering" ;;
  esac
  if [ -z "$wrong$awaited" ]; then
    [ $clean -gt 0 ] || since=$now
    clean=$((clean + 1))
    # Canaries that never answered may just not be there: what is used must go on to answer.
    settle=0
    [ -z "$canaries" ] || [ $most -gt 0 ] || settle=2
    # Twice: in one look, one target can be seen before the network is up and another one after.
    [ $clean -ge 2 ] && [ $((now - since)) -ge $settle ] && break
  else
    clean=0
    # A machine that was asleep has not looked for long.
    [ -z "$wrong" ] || [ $waited -lt "$seconds" ] || [ $looks -lt 3 ] || refuse $code "after $waited s with $tool:$wrong"
    [ "$wrong$awaited" = "$told" ] || printf 'kubesuite:waiting%s\\n' "$wrong$awaited"
    told=$wrong$awaited
  fi
  sleep 0.1 2>/dev/null || sleep 1
done
doubt=
[ -z "$canaries" ] || [ $heard -lt $most ] ||
  doubt="; no proof that the policy is in force:\${answering:- nothing that it denies ever answered}"
printf 'kubesuite:ready after %s s with %s%s\\n' "$waited" "$tool" "$doubt"
`;
