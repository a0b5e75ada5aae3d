using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenData.SampleAgencies;

/// <summary>One way of writing JSON: UTF-8, letters as they are.</summary>
internal static class JsonRows
{
    /// <summary>Options of all writers here.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A page: the records under <c>data</c>, then what <paramref name="rest"/> writes.</summary>
    public static IResult Page<T>(IEnumerable<T> records, Action<Utf8JsonWriter, T> record, Action<Utf8JsonWriter> rest)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, Options))
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            foreach (var one in records)
            {
                record(json, one);
            }

            json.WriteEndArray();
            rest(json);
            json.WriteEndObject();
        }

        return Results.Bytes(body.ToArray(), "application/json; charset=utf-8");
    }
}
