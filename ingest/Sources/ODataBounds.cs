using System.Globalization;
using OpenData.Catalogs;

namespace OpenData.Ingest.Sources;

/// <summary>Pure: the bounds of an incremental reading as a condition of an OData address, beside the conditions that it has.</summary>
internal static class ODataBounds
{
    /// <summary>The address with the bounds in its <c>$filter</c>; the same when everything is read.</summary>
    internal static Uri Into(Uri address, SourceRead read)
    {
        var column = read.Contract.Column(read.Contract.Source.Incremental!.Column)!; // asked for by incremental sources only; the reader of contracts looked for the column
        var property = column.SourceName.Replace('.', '/');
        string?[] bounds =
        [
            Lower(read, column) is { } lower ? $"{property} ge {lower}" : null,
            read.Until is { } until ? $"{property} le {Literal(until, read, column)}" : null,
        ];
        var condition = Uri.EscapeDataString(string.Join(" and ", bounds.OfType<string>()));
        if (condition.Length == 0)
        {
            return address;
        }

        var options = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).ToLookup(part => PageAddress.IsOption(part, "filter"));
        if (options[true].LastOrDefault() is { } given)
        {
            // As it was spelled: a plus is a space to one service and a plus to another.
            condition = $"%28{given[(given.IndexOf('=', StringComparison.Ordinal) + 1)..]}%29%20and%20{condition}";
        }

        // Not every service knows an escaped dollar.
        return new UriBuilder(address) { Query = string.Join('&', options[false].Append("$filter=" + condition)) }.Uri;
    }

    private static string? Lower(SourceRead read, ColumnContract column) => read switch
    {
        { SinceNumber: { } number } => number.ToString(CultureInfo.InvariantCulture),
        { Since: { } since } => Literal(since, read, column),
        _ => null,
    };

    // A day is the day of the dataset's zone, as where the watermark came from.
    private static string Literal(DateTimeOffset instant, SourceRead read, ColumnContract column)
        => column.Type.Kind == ColumnKind.Date
            ? TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(read.Contract.TimeZone)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : PageAddress.Spelled(instant);
}
