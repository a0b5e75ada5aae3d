using System.Text;

namespace OpenData.Warehouse.Tests.Changes;

/// <summary>Cuts CSV into records of raw fields, quotes included: no value and empty text stay different.</summary>
internal static class CsvRecords
{
    public static IEnumerable<List<string>> Of(string csv)
    {
        var record = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        foreach (var letter in csv)
        {
            quoted ^= letter == '"';
            if (quoted || letter is not (',' or '\n'))
            {
                field.Append(letter);
                continue;
            }

            record.Add(field.ToString());
            field.Clear();
            if (letter == '\n')
            {
                yield return record;
                record = [];
            }
        }
    }
}
