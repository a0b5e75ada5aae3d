namespace OpenData.Warehouse.Tests.Query;

/// <summary>One row of <see cref="SampleTable"/>; all but the id may be null.</summary>
internal sealed record TreeRow(long Id)
{
    public string? Name { get; init; }

    public string? Note { get; init; }

    public string? Code { get; init; }

    public long? Quarter { get; init; }

    public decimal? Fee { get; init; }

    public double? Height { get; init; }

    public bool? Alive { get; init; }

    public DateOnly? PlantedOn { get; init; }

    public DateTime? SeenAt { get; init; }

    public TimeOnly? Opens { get; init; }

    public long? Age { get; init; }

    public Guid? Uid { get; init; }

    public double? Longitude { get; init; }

    public double? Latitude { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }
}
