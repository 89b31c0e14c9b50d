using System.Text;
using System.Text.Json;

var api = Environment.GetEnvironmentVariable("API");
var payload = await File.ReadAllTextAsync("test/fixtures/onboarding-request.json");
using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(240) };
http.DefaultRequestHeaders.Add("x-functions-key", Environment.GetEnvironmentVariable("KEY"));

for (var tries = 1; ; tries++)
{
    using var answer = await http.PostAsync($"{api}/v1/customers", new StringContent(payload, Encoding.UTF8, "application/json"));
    using var body = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
    string Read(string name) => body.RootElement.GetProperty(name).GetString()!;
    if (answer.IsSuccessStatusCode)
    {
        Console.WriteLine($"{Read("customerId")} {Read("passwordSecretId")}");
        break;
    }
    var wait = answer.Headers.RetryAfter?.Delta;
    if (wait is null || tries == 8) throw new Exception($"{Read("code")}: {Read("message")} ({Read("correlationId")})");
    await Task.Delay(wait.Value);
}
