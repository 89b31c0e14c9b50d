# Onboards the customer in a file (PowerShell 7):
#   $env:API = 'https://contoso-onboarding.azurewebsites.net/api'; $env:KEY = '…'; ./examples/onboard.ps1 customer.json
param($File = 'test/fixtures/onboarding-request.json')
$api = $env:API ?? 'http://localhost:7071/api'
$payload = Get-Content -Raw -Encoding utf8 -ErrorAction Stop $File
$backoff = [int]($env:FIRST_WAIT ?? 2)      # seconds before the first repeat; doubled for each further one
$end = (Get-Date).AddMinutes(15)            # no repeat after that

function Stop-WithError($text, $result) {
  $lines = @("$text $($result.code) $($result.message) $($result.correlationId)")
  foreach ($detail in $result.error.details) { $lines += "$($detail.target ?? $detail.code): $($detail.message)" }
  [Console]::Error.WriteLine($lines -join "`n")
  exit 1
}

while ($true) {
  $status, $wait, $result = 0, 0, $null     # 0: no complete response
  try {
    $answer = Invoke-WebRequest -Method Post -Uri "$api/v1/customers" -Headers @{ 'x-functions-key' = "$env:KEY" } `
      -ContentType 'application/json; charset=utf-8' -Body $payload -TimeoutSec 240 -SkipHttpErrorCheck
    $status = $answer.StatusCode
    $wait = ($answer.Headers['Retry-After'] | Select-Object -First 1) -as [int]
    $result = $answer.Content | ConvertFrom-Json
  } catch { }                               # no response, or no JSON in it
  if ($status -ge 200 -and $status -lt 300 -and $result.customerId) { break }
  if ($status -eq 401) { Stop-WithError '401, the key in KEY is missing or wrong' $result }
  if ($status -ge 300 -and $status -lt 500 -and $status -notin 408, 429) { Stop-WithError $status $result }
  # A repeat is safe. The platform's own responses have neither Retry-After nor a body.
  if (-not $wait) { $wait = $backoff }
  if ((Get-Date).AddSeconds($wait) -gt $end) { Stop-WithError "gave up, last status $status" $result }
  [Console]::Error.WriteLine("$status, next call in $wait s")
  Start-Sleep -Seconds $wait
  $backoff = [Math]::Min($backoff * 2, 60)
}
$result.customerId, $result.passwordSecretId
