using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Publishing;

namespace OpenData.Ingest.Runs;

/// <summary>What becomes of a version that needs an approval: it waits in the ledger, unless the same one waits already or was turned down.</summary>
internal sealed class Holding(RunRoom room, DatasetContract contract, RunTicket ticket, RunCause cause)
{
    /// <summary>Lets the version wait.</summary>
    /// <exception cref="OpenDataException">OD2434: the same version waits; OD2435: it was turned down; OD2403: the lease is lost.</exception>
    internal async Task HoldAsync(Held held, CancellationToken token)
    {
        var manifest = held.Snapshot.Manifest;
        var known = await room.Ledger.WaitingAsync(contract.Id, token);
        if (known.FirstOrDefault(w => w.IsOpen) is { } open && IsSame(open, manifest))
        {
            Remove();
            throw new OpenDataException(ApprovalErrors.Waiting, new LocalText(
                "Bản mới giống hệt bản đang chờ được duyệt.", "The new version is the same as the one that waits for its approval."));
        }

        // Nobody is asked the same question every night; who runs it by hand asks it again.
        if (cause.By is null && known is [{ State: WaitingState.Rejected } refused, ..] && IsSame(refused, manifest))
        {
            Remove();
            throw new OpenDataException(ApprovalErrors.Rejected, new LocalText(
                "Bản mới giống hệt bản mà người phê duyệt đã không duyệt.", "The new version is the same as the one that an approver turned down."));
        }

        var waiting = new WaitingVersion(ticket.RunId, contract.Id, manifest.ContentHash, manifest.ContractHash, held.ManifestSha256)
        {
            BaseVersion = manifest.PreviousVersion,
            ProposedBy = await ProposersAsync(token),
            EarliestAt = contract.Approval?.EarliestAt,
        };
        if (!await room.Ledger.HoldAsync(waiting, ticket.Token, token))
        {
            Remove();
            throw RunTicket.LeaseLost();
        }

        Fault.Hit("hold.recorded");
    }

    private void Remove() => room.Waiting.Remove(contract.Id, ticket.RunId);

    private static bool IsSame(WaitingVersion waiting, SnapshotManifest manifest)
        => waiting.ContentHash == manifest.ContentHash && waiting.ContractHash == manifest.ContractHash && waiting.BaseVersion == manifest.PreviousVersion;

    /// <summary>Who began the run by hand, and who changed the contract since the version that is published.</summary>
    private async Task<IReadOnlyList<string>> ProposersAsync(CancellationToken token)
    {
        var since = room.Store.Current(contract.Id)?.Manifest.PublishedAt ?? DateTimeOffset.MinValue;
        var accepted = (await room.Ledger.ProposalsAsync(onlyOpen: false, token))
            .Where(p => p.Dataset == contract.Id && p.Status == "accepted" && p.DecidedAt >= since)
            .Select(p => p.DecidedBy);
        return [.. accepted.Prepend(cause.By).OfType<string>()];
    }
}
