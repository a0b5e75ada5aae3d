using OpenData.Catalogs;
using OpenData.Portal.Serving;

namespace OpenData.Portal.Api;

/// <summary>Pure: a served version → where its columns come from. Personal columns and closed datasets are unknown here.</summary>
internal static class LineageAnswers
{
    /// <summary>The lineage of a version.</summary>
    public static LineageDetail Of(ServedDataset dataset, ServedCatalog served)
    {
        var manifest = dataset.Manifest;
        var parents = manifest.Parents.Where(p => served.Find(p.Dataset) is not null).ToList();
        return new LineageDetail
        {
            Dataset = dataset.Id,
            Version = dataset.Version,
            SourceKind = dataset.Contract.Source.Kind,
            Columns = [.. dataset.Contract.PublicColumns.Select(c => Column(c, dataset, served))],
            Parents = [.. parents.Select(p => new ParentDetail { Dataset = p.Dataset, Version = p.Version })],
            HiddenParents = manifest.Parents.Count - parents.Count,
            Children = [.. served.Datasets.Where(d => d.Contract.Source.Parents.Contains(dataset.Id, StringComparer.Ordinal)).Select(d => d.Id)],
        };
    }

    private static ColumnLineage Column(ColumnContract column, ServedDataset dataset, ServedCatalog served)
    {
        if (dataset.Contract.Source.Parents.Count == 0)
        {
            return new ColumnLineage { Name = column.Name, Origin = "source", SourceField = column.SourceName, Sources = [], HiddenSources = 0 };
        }

        var names = dataset.Manifest.Lineage.GetValueOrDefault(column.Name) ?? [];
        var open = names.Select(Parse).Where(s => served.Find(s.Dataset)?.Contract.Column(s.Column) is not null).ToList();
        return new ColumnLineage
        {
            Name = column.Name,
            Origin = names.Count == 0 ? "computed" : "derived",
            Sources = open,
            HiddenSources = names.Count - open.Count,
        };
    }

    private static ColumnSource Parse(string name)
    {
        var point = name.IndexOf('.', StringComparison.Ordinal);
        return new ColumnSource { Dataset = name[..point], Column = name[(point + 1)..] };
    }
}
