using System.Globalization;
using System.Text;

namespace OpenData.Benchmarks;

/// <summary>Reads the whole of a <see cref="SmallTable"/> and looks that all rows are of one edition.</summary>
/// <param name="port">Where the portal listens.</param>
/// <param name="dataset">Dataset id.</param>
/// <param name="seen">Takes note of the edition.</param>
internal sealed class EditionCaller(int port, string dataset, SeenEditions seen) : ILoadCaller
{
    private readonly LoadClient _client = new(port);
    private readonly byte[] _request = LoadClient.Get($"/odata/{dataset}");
    private readonly MemoryStream _body = new();

    public void Call(long number)
    {
        _body.SetLength(0);
        var answer = _client.Ask(_request, _body);
        if (answer.Status != 200)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Status {answer.Status}."));
        }

        seen.Add(EditionOf(_body.GetBuffer().AsSpan(0, (int)_body.Length)));
    }

    public void Dispose()
    {
        _client.Dispose();
        _body.Dispose();
    }

    private static int EditionOf(ReadOnlySpan<byte> body)
    {
        var name = "\"edition\":"u8;
        var editions = new HashSet<int>();
        var rows = 0;
        while (body.IndexOf(name) is >= 0 and var at)
        {
            body = body[(at + name.Length)..];
            var end = body.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            editions.Add(int.Parse(Encoding.ASCII.GetString(body[..end]), CultureInfo.InvariantCulture));
            rows++;
        }

        return rows == SmallTable.Rows && editions.Count == 1
            ? editions.Single()
            : throw new InvalidDataException($"{rows} rows of the editions {string.Join(", ", editions)} in one answer.");
    }
}
