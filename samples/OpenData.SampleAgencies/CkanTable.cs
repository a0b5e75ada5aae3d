using System.Text.Json.Nodes;

namespace OpenData.SampleAgencies;

/// <summary>A table in the DataStore of a CKAN portal.</summary>
/// <param name="ResourceId">Id of its resource.</param>
/// <param name="Fields">Fields, without the row's number.</param>
/// <param name="Rows">Cells by row; row n has the number n + 1.</param>
/// <param name="IsPrivate">True when only those who show a token may read it.</param>
internal sealed record CkanTable(string ResourceId, IReadOnlyList<CkanField> Fields, IReadOnlyList<JsonNode?[]> Rows, bool IsPrivate)
{
    /// <summary>Name of the row's number.</summary>
    public const string RowNumber = "_id";

    /// <summary>All fields, the row's number first.</summary>
    public IReadOnlyList<CkanField> AllFields => [new CkanField(RowNumber, "int"), .. Fields];

    /// <summary>A cell of the row with that index.</summary>
    public JsonNode? Cell(int row, int field) => field == 0 ? row + 1 : Rows[row][field - 1];
}
