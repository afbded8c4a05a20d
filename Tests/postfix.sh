#!/usr/bin/env bash
# Drives `rulec serve --milter` with Debian's Postfix: mails of many kinds, to one and to several recipients, under load,
# while the policy is changed and taken up again and again. Then accounts for every recipient of every mail: it arrived
# once, by the way that the log says, or is held once, or was refused.
#
#   Tests/postfix.sh           10 000 mails, 100 changes of the policy
#   Tests/postfix.sh --short   300 mails, 10 changes
#
# Needs root, for Postfix; installs it if it is not there. RULEC names another program than .build/release/rulec.
set -euo pipefail
cd "$(dirname "$0")/.."

mails=10000 changes=100
if [ "${1:-}" = --short ]; then mails=300 changes=10; fi
rulec="$(realpath "${RULEC:-.build/release/rulec}")"
[ -x "$rulec" ] || { echo "build it first: swift build -c release --product rulec" >&2; exit 2; }

if ! command -v postfix > /dev/null || ! command -v python3 > /dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postfix python3 > /dev/null
fi

work="$(mktemp -d /tmp/rulec-postfix.XXXXXX)"
chmod 755 "$work"
milter=17025 front=17026 back=17027 plain=17028 gateway=17029
service=
cleanup() {
  [ -z "$service" ] || kill "$service" 2> /dev/null || true
  postfix -c "$work/etc" stop > /dev/null 2>&1 || true
  [ -n "${KEEP:-}" ] || rm -rf "$work"
}
trap cleanup EXIT

mkdir -p "$work/etc" "$work/queue" "$work/data" "$work/policy"
chown postfix "$work/data"
cat > "$work/etc/main.cf" << CF
compatibility_level = 3.6
queue_directory = $work/queue
data_directory = $work/data
maillog_file = $work/mail.log
maillog_file_prefixes = $work
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.test.invalid
mydestination =
mynetworks = 127.0.0.0/8
local_recipient_maps =
relayhost = [127.0.0.1]:$plain
disable_dns_lookups = yes
alias_maps =
alias_database =
smtpd_peername_lookup = no
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_milters = inet:127.0.0.1:$milter
milter_default_action = tempfail
milter_protocol = 6
milter_header_checks = regexp:$work/etc/routes
CF
echo '/^X-Send-Policy-Route: *(smtp:\[[^]]+\]:[0-9]+)$/ FILTER $1' > "$work/etc/routes"
{
  echo "127.0.0.1:$front inet n - n - - smtpd"
  echo "127.0.0.1:$back inet n - n - - smtpd"
  cat << 'CF'
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
smtp unix - - n - - smtp
relay unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
flush unix n - n 1000? 0 flush
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
CF
} > "$work/etc/master.cf"

cp Tests/Postfix/office.rules Tests/Postfix/promises.csv "$work/policy/"
sed "s/GATEWAY/[127.0.0.1]:$gateway/; s/SUBMISSION/127.0.0.1:$back/" Tests/Postfix/mail.conf \
  > "$work/policy/mail.conf"

"$rulec" serve "$work/policy" --milter "127.0.0.1:$milter" --log "$work/decisions.log" \
  2> "$work/service.log" &
service=$!
postfix -c "$work/etc" start > /dev/null 2>&1

python3 Tests/Postfix/mails.py --work "$work" --service "$service" --front "$front" \
  --plain "$plain" --gateway "$gateway" --mails "$mails" --changes "$changes"

kill "$service"
wait "$service" || true
service=
"$rulec" log verify "$work/decisions.log"
