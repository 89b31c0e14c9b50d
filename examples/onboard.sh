# Repeats by itself on 408, 429 and 5xx, after Retry-After.
curl --silent --show-error --fail-with-body --max-time 240 --retry 8 --retry-max-time 900 \
  -H "x-functions-key: $KEY" -H 'Content-Type: application/json' \
  -d @test/fixtures/onboarding-request.json "$API/v1/customers"
