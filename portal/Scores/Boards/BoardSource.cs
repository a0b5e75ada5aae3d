using System.Globalization;

namespace OpenData.Portal.Scores.Boards;

/// <summary>A version of a dataset from which an automatic input was counted.</summary>
/// <param name="Role">The input.</param>
/// <param name="Dataset">The dataset.</param>
/// <param name="Version">The version.</param>
/// <param name="Rows">Rows counted.</param>
public sealed record BoardSource(string Role, string Dataset, string Version, long Rows)
{
    /// <summary>Reads <c>a: documents 20260101T000000Z (12); b: …</c>; what has another form is left out.</summary>
    public static IReadOnlyList<BoardSource> Of(string? text)
        => [.. (text ?? "").Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(One).OfType<BoardSource>()];

    private static BoardSource? One(string text)
        => text.Split(' ') is [[.. var role, ':'], var dataset, var version, ['(', .. var rows, ')']] && long.TryParse(rows, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new BoardSource(role, dataset, version, count)
            : null;
}
