using Microsoft.Extensions.Logging;
using OpenData.Catalogs;
using OpenData.Warehouse.ScoreTables;

namespace OpenData.Ingest.Sources;

/// <summary>Finds the way in which the bytes of a dataset arrive.</summary>
public sealed class SourceDirectory(
    SourceHttp http, Placeholders placeholders, PublishedRounds rounds, string catalogFolder, SourceLimits limits, TimeProvider clock, ILogger<SourceDirectory> logger)
{
    // Tokens belong to the process: runs of one agency share them.
    private readonly OAuthTokens _tokens = new(http, limits, clock);

    /// <summary>The source of a dataset for one run; null for derived datasets, which read other datasets.</summary>
    /// <exception cref="Catalogs.Errors.OpenDataException"><see cref="SourceErrors.BindingUnusable"/>.</exception>
    public ISource? SourceOf(DatasetContract contract)
    {
        // The retry budget belongs to the run, so every run has a policy of its own.
        var retry = new RetryPolicy(limits, clock, logger);
        var bodies = new HttpBodies(http, _tokens, placeholders, limits, clock);
        return contract.Source switch
        {
            { Kind: "sql" } => null,
            { Kind: "scores" } => new ScoresSource(rounds, catalogFolder, clock),
            { Kind: "database", Connection: not null } => new DatabaseSource(new DatabaseConnector(placeholders, http.Guard, limits), retry, limits, clock),
            { Path: not null } => new FileSource(placeholders, catalogFolder, limits, retry, clock),
            { Kind: "http_json" or "odata" or "ckan", Url: not null } => new HttpJsonSource(bodies, retry, limits),
            { Url: not null } => new HttpFileSource(bodies, retry, limits),
            _ => throw SourceFailure.Of(
                SourceErrors.BindingUnusable,
                "Hợp đồng không nêu địa chỉ hay đường dẫn của nguồn.",
                "The contract names neither an address nor a path of the source."),
        };
    }
}
