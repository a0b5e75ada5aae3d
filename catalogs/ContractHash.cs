using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace OpenData.Catalogs;

/// <summary>
/// The part of a contract that says what published bytes are: a change of it makes a new version even when the rows are the
/// same. Titles, summaries, contacts, schedules and rules are not in it; a rule that changes rows shows in the rows.
/// </summary>
public static class ContractHash
{
    /// <summary>SHA-256 of <see cref="DataPartJson"/>, 64 hexadecimal digits in lower case.</summary>
    public static string OfDataPart(DatasetContract contract)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(DataPartJson(contract))));

    /// <summary>
    /// The data-relevant part as canonical JSON: fixed order of names, no white space, absent values left out. Public columns
    /// with name, type, unit, required, zone of timestamps and search; key; order.
    /// </summary>
    public static string DataPartJson(DatasetContract contract)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("dataset", contract.Id);
            json.WriteStartArray("columns");
            foreach (var column in contract.PublicColumns)
            {
                WriteColumn(json, column, contract.TimeZone);
            }

            json.WriteEndArray();
            WriteNames(json, "key", contract.Key);
            WriteNames(json, "order", contract.Order);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteColumn(Utf8JsonWriter json, ColumnContract column, string datasetZone)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("type", column.Type.ToString());
        if (column.Unit is not null)
        {
            json.WriteString("unit", column.Unit);
        }

        if (column.Required)
        {
            json.WriteBoolean("required", true);
        }

        if (column.Type.Kind == ColumnKind.Timestamp)
        {
            json.WriteString("time_zone", column.TimeZone ?? datasetZone);
        }

        if (column.Search)
        {
            json.WriteBoolean("search", true);
        }

        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
