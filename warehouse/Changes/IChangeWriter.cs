using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;

namespace OpenData.Warehouse.Changes;

/// <summary>Turns the rows of a comparison into the bytes of one format. One writer serves one output.</summary>
internal interface IChangeWriter
{
    /// <summary>
    /// True to get a changed row as one row (as it was, as it is, which columns differ), false to get it as two rows. The layouts are those
    /// of <see cref="ChangesToSql"/>.
    /// </summary>
    bool WantsPairs { get; }

    /// <summary>Writes what stands before everything.</summary>
    void Begin(ChangeCounts counts, Utf8Buffer to);

    /// <summary>Writes what stands before the rows of a kind; the kinds come in their order, also when one has no row.</summary>
    void BeginKind(ChangeKind kind, Utf8Buffer to);

    /// <summary>Writes rows of the kind.</summary>
    void Rows(ChangeKind kind, ResultChunk chunk, Utf8Buffer to);

    /// <summary>Writes what stands after the rows of a kind.</summary>
    void EndKind(ChangeKind kind, Utf8Buffer to);

    /// <summary>Writes what stands after everything.</summary>
    void End(Utf8Buffer to);
}
