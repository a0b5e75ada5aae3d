using System.Runtime.CompilerServices;

namespace OpenData.Warehouse.Query;

/// <summary>Catches <c>$"…"</c> handed to <see cref="SqlBuilder"/>, so that the compiler refuses it.</summary>
[InterpolatedStringHandler]
public readonly ref struct InterpolatedSql
{
    /// <summary>Never runs.</summary>
    public InterpolatedSql(int literalLength, int formattedCount)
        => throw new NotSupportedException($"{literalLength} characters and {formattedCount} holes of SQL were interpolated.");

    /// <summary>Never runs.</summary>
    public void AppendLiteral(string text) => throw new NotSupportedException(text);

    /// <summary>Never runs.</summary>
    public void AppendFormatted<T>(T value) => throw new NotSupportedException(value?.ToString());
}
