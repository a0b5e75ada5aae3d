using OpenData.Catalogs;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Publishing;

namespace OpenData.Portal.Pages;

/// <summary>A few lines that fetch a dataset with one tool.</summary>
/// <param name="Tool">Name of the tool.</param>
/// <param name="Code">The lines.</param>
internal sealed record Snippet(string Tool, string Code)
{
    /// <summary>The snippets of a dataset's page; ids and addresses are ours, so nothing in them needs quoting.</summary>
    public static IReadOnlyList<Snippet> For(ServedDataset dataset, string root)
    {
        var contract = dataset.Contract;
        var file = $"{root}/datasets/{contract.Id}";
        var set = $"{root}/odata/{contract.Id}";
        var codes = contract.PublicColumns.Where(c => c.Type.Kind == ColumnKind.Code).Select(c => c.Name).ToList();
        var pandas = codes.Count == 0 ? "" : $", dtype={{{string.Join(", ", codes.Select(c => $"\"{c}\": str"))}}}";
        var readr = codes.Count == 0 ? "" : $",\n  col_types = cols({string.Join(", ", codes.Select(c => $"{c} = col_character()"))})";
        var rows = $"{root}/api/v1/datasets/{contract.Id}/rows";
        var pinned = $"{contract.Id}/versions/{dataset.Version}.csv.gz";
        var columns = string.Join(',', contract.PublicColumns.Take(3).Select(c => c.Name));
        var hash = dataset.Manifest.File(SnapshotFiles.CsvGzip)?.Sha256;
        return
        [
            new("curl", $"curl -LOJ '{file}.csv'\ncurl '{rows}?columns={columns}&limit=5&format=csv'\ncurl '{set}?$top=5&$count=true'"),
            new("curl -C -, sha256sum", $"curl -C - -o data.csv.gz '{root}/datasets/{pinned}'\necho '{hash}  data.csv.gz' | sha256sum -c"),
            new("Python", $"import pandas as pd\ndf = pd.read_csv(\"{file}.csv\"{pandas})"),
            new("R", $"library(readr)\ndf <- read_csv(\"{file}.csv\"{readr})"),
            new("C#", $"using var http = new HttpClient();\nawait using var csv = await http.GetStreamAsync(\"{file}.csv\");"),
            new("Power Query (Excel, Power BI)", $"OData.Feed(\"{set}\", null, [Implementation = \"2.0\"])"),
            new("DuckDB", $"FROM read_parquet('{file}.parquet') LIMIT 5;"),
        ];
    }
}
