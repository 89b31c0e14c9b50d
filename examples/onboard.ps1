# PowerShell 7
$body = Get-Content -Raw test/fixtures/onboarding-request.json
for ($tries = 1; ; $tries++) {
  $answer = Invoke-WebRequest -Method Post -Uri "$env:API/v1/customers" -Headers @{ 'x-functions-key' = $env:KEY } `
    -ContentType 'application/json; charset=utf-8' -Body $body -TimeoutSec 240 -SkipHttpErrorCheck
  $result = $answer.Content | ConvertFrom-Json
  if ($answer.StatusCode -lt 300) { break }
  $wait = [int]($answer.Headers['Retry-After'] | Select-Object -First 1)
  if ($wait -eq 0 -or $tries -eq 8) { throw "$($result.code): $($result.message) ($($result.correlationId))" }
  Start-Sleep -Seconds $wait
}
$result.customerId, $result.passwordSecretId
