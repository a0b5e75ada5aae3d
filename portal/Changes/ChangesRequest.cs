using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Api;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Changes;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Changes;

/// <summary>Which two versions somebody wants compared, and in which form.</summary>
/// <param name="From">The older version, or the same one.</param>
/// <param name="To">The newer version.</param>
/// <param name="Format">The form.</param>
/// <param name="IsPinned">True when the address names both versions: such an answer never changes.</param>
internal sealed record ChangesRequest(ServedDataset From, ServedDataset To, ChangeFormat Format, bool IsPinned)
{
    /// <summary>Reads the parameters.</summary>
    /// <param name="request">Its query has <c>from</c>, perhaps <c>to</c> and <c>format</c>.</param>
    /// <param name="current">The dataset as it is served now.</param>
    /// <param name="versions">Says what the two mean.</param>
    /// <param name="ending">The ending of the address; null when it has none.</param>
    /// <exception cref="OpenDataException">
    /// OD9027: a parameter is missing, unknown or twice, or <c>from</c> is the newer version; OD9033: no such form; those of
    /// <see cref="AsOf.Of"/>; OD1401 and OD1402 when the versions cannot be compared.
    /// </exception>
    public static ChangesRequest Read(HttpRequest request, ServedDataset current, AsOf versions, string? ending)
    {
        Paging.RefuseOthers(request, "from", "to", "format");
        if (Single(request, "from") is not { } first)
        {
            throw Paging.Invalid(
                new LocalText("Cần tham số from: phiên bản, ngày hoặc mốc thời gian để so từ đó.", "The parameter from is needed: a version, a day or an instant to compare from."),
                "from=" + (current.Manifest.PreviousVersion ?? current.Version));
        }

        var last = Single(request, "to");
        var format = FormatOf(ending, Single(request, "format"));
        var from = versions.Of(current, first);
        var to = versions.Of(current, last);
        if (from.Snapshot.Token > to.Snapshot.Token)
        {
            throw Paging.Invalid(
                new LocalText("from mới hơn to; hãy đổi chỗ hai tham số.", "from is newer than to; swap the two."),
                $"from={to.Version}&to={from.Version}");
        }

        // Found out before anything is built, also for HEAD.
        ComparedTables.Of(from.Contract, to.Contract);
        return new ChangesRequest(from, to, format, VersionName.IsValid(first) && VersionName.IsValid(last));
    }

    private static ChangeFormat FormatOf(string? ending, string? word)
    {
        if (ending is not null && word is not null && word != ending)
        {
            throw Paging.Invalid(
                new LocalText("Đuôi của địa chỉ và tham số format khác nhau.", "The ending of the address and the parameter format differ."), "format=" + ending);
        }

        return ChangeFormat.OfWord(ending ?? word ?? ChangeFormat.Json.Word) ?? throw new OpenDataException(
            PortalErrors.FormatNotOffered,
            new LocalText("Danh sách thay đổi không có ở định dạng này.", "Changes do not come in this format."),
            suggestion: string.Join(", ", ChangeFormat.All.Select(f => f.Word)));
    }

    private static string? Single(HttpRequest request, string name)
    {
        if (!request.Query.TryGetValue(name, out var values))
        {
            return null;
        }

        return values is [{ } only]
            ? only
            : throw Paging.Invalid(new LocalText($"Tham số {name} xuất hiện hai lần.", $"The parameter {name} stands twice."), $"{name}=…");
    }
}
