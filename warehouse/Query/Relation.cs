using OpenData.Catalogs;
using OpenData.Warehouse.Query.Expressions;

namespace OpenData.Warehouse.Query;

/// <summary>A relation between two datasets in two versions that both have its columns.</summary>
/// <param name="Contract">The relation.</param>
/// <param name="Owner">The dataset from which it leads.</param>
/// <param name="Target">Where it leads.</param>
public sealed record Relation(RelationContract Contract, DatasetContract Owner, RelatedTable Target)
{
    /// <summary>First day or moment at which a row of the target holds, where a relation has <c>as_at</c>.</summary>
    public const string ValidFrom = "valid_from";

    /// <summary>First day or moment at which it no longer holds; null while it does.</summary>
    public const string ValidTo = "valid_to";

    /// <summary>Name of the relation, also that of the property.</summary>
    public string Name => Contract.Name;

    /// <summary>True when it may lead to several rows: it does not name the whole key of the target.</summary>
    public bool IsMany => LeadsToMany(Contract, Target.Contract);

    /// <summary>Columns that are equal on both sides.</summary>
    public IReadOnlyList<(ColumnContract Own, ColumnContract Its)> Pairs
        => [.. Contract.On.Select(p => (Owner.Column(p.Key)!, Target.Contract.Column(p.Value)!))]; // Between found them.

    /// <summary>The column of the target that says from when its rows hold; null when the relation has no <c>as_at</c>.</summary>
    public ColumnContract? Validity => Contract.AsAt is null ? null : Target.Contract.Column(ValidFrom);

    /// <summary>See <see cref="IsMany"/>.</summary>
    public static bool LeadsToMany(RelationContract relation, DatasetContract target)
        => target.HasRowKey || target.Key.Except(relation.On.Values, StringComparer.Ordinal).Any();

    /// <summary>The relation, or null when one of the versions lacks a column that it needs, or its type has changed.</summary>
    public static Relation? Between(RelationContract relation, DatasetContract owner, RelatedTable target)
    {
        var fits = relation.On.All(p => owner.Column(p.Key) is { } own && target.Contract.Column(p.Value) is { } its && CanBeEqual(own, its));
        var hasTime = relation.AsAt is not { } at
            || (owner.Column(at) is not null && target.Contract.Column(ValidFrom) is not null && target.Contract.Column(ValidTo) is not null);
        return fits && hasTime ? new Relation(relation, owner, target) : null;
    }

    /// <summary>The moment at which the target must hold, as a value that compares with its validity; null when it has none.</summary>
    /// <param name="of">The row from which the relation leads; null for the row that is looked at.</param>
    public BoundExpression? Moment(Row? of)
    {
        if (Contract.AsAt is not { } asAt)
        {
            return null;
        }

        var own = Owner.Column(asAt)!; // Between found it.
        var from = ExpressionType.Of(Target.Contract.Column(ValidFrom)!.Type);
        var at = new BoundExpression.Column(own, of);
        return (at.Type.Kind, from.Kind) switch
        {
            (ValueKind.Instant, ValueKind.Date) => new BoundExpression.Call(Function.Date, [at], from, own.TimeZone ?? Owner.TimeZone),
            (ValueKind.Date, ValueKind.Instant) => new BoundExpression.Converted(at, from, Owner.TimeZone),
            _ => at,
        };
    }

    private static bool CanBeEqual(ColumnContract own, ColumnContract its)
    {
        var (a, b) = (ExpressionType.Of(own.Type), ExpressionType.Of(its.Type));
        return !a.IsCompound && !b.IsCompound && (a.Kind == b.Kind || (a.IsNumeric && b.IsNumeric));
    }
}
