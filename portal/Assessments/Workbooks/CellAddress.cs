using System.Globalization;

namespace OpenData.Portal.Assessments.Workbooks;

/// <summary>Pure: addresses of cells. A form has fewer columns than letters.</summary>
internal static class CellAddress
{
    /// <summary>For example <c>D12</c>.</summary>
    public static string Of(FormColumn column, uint row) => string.Create(CultureInfo.InvariantCulture, $"{(char)('A' + (int)column)}{row}");
}
