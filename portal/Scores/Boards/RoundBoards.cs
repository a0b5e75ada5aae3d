using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Errors;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Scores.Boards;

/// <summary>
/// The published rounds, read from the served versions of their tables and from nothing else: what is a draft or under embargo is in none of them. Read
/// again when one of the versions changes.
/// </summary>
internal sealed class RoundBoards(WholeRows rows)
{
    private volatile Kept? _last;

    /// <summary>All boards, the newest period first; none while no round is published.</summary>
    public IReadOnlyList<RoundBoard> Of(ServedCatalog served)
    {
        var datasets = BoardTables.Datasets.Select(served.Find).ToList();
        var versions = string.Join(' ', datasets.Select(d => d?.Alias ?? "-"));
        if (_last is { } last && last.Versions == versions)
        {
            return last.Boards;
        }

        var tables = datasets.ConvertAll(rows.Of);
        var boards = BoardReading.Of(new BoardTables(tables[0], tables[1], tables[2], tables[3], tables[4]));
        _last = new Kept(versions, boards);
        return boards;
    }

    /// <summary>The board of that round.</summary>
    /// <exception cref="OpenDataException">OD9042: no published round has that id.</exception>
    public RoundBoard Require(ServedCatalog served, string id)
        => Of(served).FirstOrDefault(b => string.Equals(b.Id, id, StringComparison.Ordinal)) ?? throw new OpenDataException(
            PortalErrors.UnknownRound,
            new LocalText("Không có đợt đánh giá nào đã công bố mang mã này.", "No published round has this id."));

    /// <summary>A unit of a board.</summary>
    /// <exception cref="OpenDataException">OD9043: the round has no such unit.</exception>
    public static BoardUnit Require(RoundBoard board, string unit)
        => board.Find(unit) ?? throw new OpenDataException(
            PortalErrors.UnknownRoundUnit,
            new LocalText("Đợt đánh giá này không có đơn vị nào mang mã này.", "The round has no unit of this code."));

    /// <summary>The round before of the same framework and version; null when there is none.</summary>
    public static RoundBoard? Before(IReadOnlyList<RoundBoard> boards, RoundBoard board)
        => boards.Where(b => b.To < board.From && b.Framework.Id == board.Framework.Id && b.Framework.Version == board.Framework.Version).MaxBy(b => b.To);

    private sealed record Kept(string Versions, IReadOnlyList<RoundBoard> Boards);
}
