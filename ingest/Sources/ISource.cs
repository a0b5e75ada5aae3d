using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Landing;

namespace OpenData.Ingest.Sources;

/// <summary>A way in which bytes arrive: files, one HTTP body, the pages of a JSON endpoint, or the rows of a database.</summary>
public interface ISource
{
    /// <summary>Lands every body of one reading, in order. All or nothing: a failure means that the reading is void.</summary>
    /// <exception cref="OpenDataException">Codes of <see cref="SourceErrors"/>.</exception>
    Task<IReadOnlyList<LandedFile>> FetchAsync(SourceRead read, CancellationToken token);
}
