using System.Globalization;

namespace OpenData.Benchmarks;

/// <summary>Asks the portal over a connection of its own.</summary>
/// <param name="port">Where the portal listens.</param>
/// <param name="requestOf">The request of a number.</param>
/// <param name="status">The only status that is a success.</param>
internal sealed class HttpCaller(int port, Func<long, byte[]> requestOf, int status = 200) : ILoadCaller
{
    private readonly LoadClient _client = new(port);

    public void Call(long number)
    {
        var answer = _client.Ask(requestOf(number));
        if (answer.Status != status)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Status {answer.Status} instead of {status}."));
        }
    }

    public void Dispose() => _client.Dispose();
}
