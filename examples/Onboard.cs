// Onboards the customer in a file (.NET 10; before that, as Program.cs of a console project):
//   API=https://contoso-onboarding.azurewebsites.net/api KEY=… dotnet run examples/Onboard.cs customer.json
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

var api = Environment.GetEnvironmentVariable("API") ?? "http://localhost:7071/api";
var payload = await File.ReadAllTextAsync(args.FirstOrDefault() ?? "test/fixtures/onboarding-request.json");
// Seconds before the first repeat; doubled for each further one. No repeat after 15 minutes.
var backoff = double.Parse(Environment.GetEnvironmentVariable("FIRST_WAIT") ?? "2");
var end = DateTime.UtcNow.AddMinutes(15);
using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(240) };
http.DefaultRequestHeaders.Add("x-functions-key", Environment.GetEnvironmentVariable("KEY"));

while (true)
{
    var (status, retryAfter, body) = await Send();
    if (status is >= 200 and < 300 && body?["customerId"] is not null)
    {
        Console.WriteLine($"{body["customerId"]} {body["passwordSecretId"]}");
        return 0;
    }
    if (status == 401) return Fail("401, the key in KEY is missing or wrong", body);
    if (status is >= 300 and < 500 and not 408 and not 429) return Fail($"{status}", body);
    // A repeat is safe. The platform's own responses have neither Retry-After nor a body.
    var wait = retryAfter ?? TimeSpan.FromSeconds(backoff);
    if (DateTime.UtcNow + wait > end) return Fail($"gave up, last status {status}", body);
    Console.Error.WriteLine($"{status}, next call in {wait.TotalSeconds} s {body?["message"]}");
    await Task.Delay(wait);
    backoff = Math.Min(backoff * 2, 60);
}

// One call. Status 0: no complete response. The body is null unless it is a JSON object.
async Task<(int Status, TimeSpan? RetryAfter, JsonObject? Body)> Send()
{
    try
    {
        using var content = new StringContent(payload, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync($"{api}/v1/customers", content);
        return ((int)answer.StatusCode, answer.Headers.RetryAfter?.Delta, Read(await answer.Content.ReadAsByteArrayAsync()));
    }
    catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
    {
        return (0, null, new JsonObject { ["message"] = error.Message });
    }
}

JsonObject? Read(byte[] text)
{
    try { return JsonNode.Parse(text) as JsonObject; }
    catch (JsonException) { return null; }
}

int Fail(string status, JsonObject? body)
{
    Console.Error.WriteLine($"{status} {body?["code"]} {body?["message"]} {body?["correlationId"]}");
    foreach (var detail in (body?["error"] as JsonObject)?["details"] as JsonArray ?? [])
        Console.Error.WriteLine($"{detail?["target"] ?? detail?["code"]}: {detail?["message"]}");
    return 1;
}
