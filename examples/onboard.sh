#!/bin/sh
# Onboards the customer in a file:
#   API=https://contoso-onboarding.azurewebsites.net/api KEY=… sh examples/onboard.sh customer.json
api=${API:-http://localhost:7071/api}
customer=${1:-test/fixtures/onboarding-request.json}
[ -r "$customer" ] || { echo "$customer: no such file" >&2; exit 1; }
backoff=${FIRST_WAIT:-2}         # seconds before the first repeat; doubled for each further one
end=$(($(date +%s) + 900))       # no repeat after 15 minutes
headers=$(mktemp) body=$(mktemp)
trap 'rm -f "$headers" "$body"' EXIT

fail() {
  echo "$1" >&2
  cat "$body" >&2                # code, message and details; empty if the platform responded
  exit 1
}

while :; do
  # 000: no complete response. The key is piped, so that the list of processes does not show it.
  : >"$headers" >"$body"
  status=$(printf 'x-functions-key: %s\n' "$KEY" | curl --silent --show-error --max-time 240 -H @- \
    -H 'Content-Type: application/json' --data-binary "@$customer" \
    --dump-header "$headers" --output "$body" --write-out '%{http_code}' "$api/v1/customers") || status=000
  case $status in
    2??) grep -q '"customerId"' "$body" && cat "$body" && exit 0 ;;
    401) fail '401: the key in KEY is missing or wrong' ;;
    000 | 408 | 429 | 5??) ;;
    *) fail "$status: correct the request" ;;
  esac
  # A repeat is safe. The platform's own responses have neither Retry-After nor a body.
  wait=$(sed -n 's/^[Rr]etry-[Aa]fter: *\([1-9][0-9]*\).*/\1/p' "$headers")
  wait=${wait:-$backoff}
  [ $(($(date +%s) + wait)) -le "$end" ] || fail "gave up, last status $status"
  echo "$status, next call in $wait s" >&2
  sleep "$wait"
  backoff=$((backoff < 30 ? backoff * 2 : 60))
done
