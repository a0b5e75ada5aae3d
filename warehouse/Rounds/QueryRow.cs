using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Rounds;

/// <summary>How an input was computed, as the database has it.</summary>
internal sealed class QueryRow
{
    internal const string Select =
        """
        select round_id as RoundId, sequence as Sequence, input_role as InputRole, dataset as Dataset, version as Version, query as Query,
            row_count as RowCount, value as Value, at as At from round_queries
        """;

    internal const string Insert =
        """
        insert into round_queries (round_id, sequence, input_role, dataset, version, query, row_count, value, at)
        values (@RoundId, @Sequence, @InputRole, @Dataset, @Version, @Query, @RowCount, @Value, @At)
        """;

    public string RoundId { get; set; } = "";

    public long Sequence { get; set; }

    public string InputRole { get; set; } = "";

    public string Dataset { get; set; } = "";

    public string Version { get; set; } = "";

    public string Query { get; set; } = "";

    public long RowCount { get; set; }

    public string? Value { get; set; }

    public string At { get; set; } = "";

    internal static QueryRow Of(RoundEntry entry, AutomaticQuery query) => new()
    {
        RoundId = entry.Round,
        Sequence = entry.Sequence,
        InputRole = query.Role,
        Dataset = query.Dataset,
        Version = query.Version,
        Query = query.Query,
        RowCount = query.Rows,
        Value = query.Value is { } value ? AnswerText.Of(value) : null,
        At = LedgerTime.ToText(query.At),
    };

    internal AutomaticQuery ToQuery() => new(
        InputRole, Dataset, Version, Query, RowCount, Value is { } value ? AnswerText.Number(value) : null, LedgerTime.FromText(At));
}
