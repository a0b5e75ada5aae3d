using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Ledger;

/// <summary>A proposal as an edit of the contract file: what it would be, and the writing of it.</summary>
/// <param name="File">Absolute path of the contract.</param>
/// <param name="Name">Its path below the catalogue.</param>
/// <param name="Before">The text as it is.</param>
/// <param name="After">The text as it would be.</param>
public sealed record ContractChange(string File, string Name, string Before, string After)
{
    /// <summary>The edit; null when the contract has gone another way: the column is there by now, or it is gone.</summary>
    /// <exception cref="OpenDataException">OD2432: the layout cannot be edited; OD2410: the file is gone.</exception>
    public static ContractChange? Of(Proposal proposal, string catalogFolder)
    {
        var name = $"datasets/{proposal.Dataset}.yaml";
        var path = Path.Combine(catalogFolder, "datasets", proposal.Dataset + ".yaml");
        var yaml = ReadText(path);
        var change = proposal.Change;
        if (CatalogReader.ReadContract(yaml, name).Contract is not { } contract || !Applies(contract, proposal))
        {
            return null;
        }

        var after = change.Kind == "renamed_column"
            ? ContractEdit.Rename(yaml, change.Column, change.Text)
            : ContractEdit.AddColumn(yaml, change.Text);
        return after is null
            ? throw new OpenDataException(ProposalErrors.NotEditable, new LocalText(
                $"Hãy tự sửa mục columns của {proposal.Dataset}: {change.Text}", $"Edit the columns of {proposal.Dataset} by hand: {change.Text}"))
            : new ContractChange(path, name, yaml, after);
    }

    /// <summary>What differs, as a unified diff.</summary>
    public string Diff() => ContractEdit.Diff(Name, Before, After);

    /// <summary>Checks the whole catalogue with the change, and writes the file in one step when it brings no mistake.</summary>
    /// <exception cref="OpenDataException">OD2433: it brings a mistake; nothing was written.</exception>
    public void Write(string catalogFolder)
    {
        var before = CatalogReader.Read(catalogFolder).Problems.Select(p => p.Sentence).ToHashSet(StringComparer.Ordinal);
        if (CatalogReader.ReadWith(catalogFolder, Path.GetFileNameWithoutExtension(File), After).Problems.FirstOrDefault(p => !before.Contains(p.Sentence)) is { } mistake)
        {
            throw new OpenDataException(ProposalErrors.Refused, new LocalText($"Không ghi gì: {mistake}", $"Nothing was written: {mistake}"));
        }

        // Readers of the catalogue see the old text or the new one.
        var fresh = File + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(System.Text.Encoding.UTF8.GetBytes(After));
        }

        Durable.FlushFile(fresh);
        Durable.Rename(fresh, File);
    }

    private static bool Applies(DatasetContract contract, Proposal proposal)
    {
        var change = proposal.Change;
        return change.Kind == "renamed_column"
            ? contract.Column(change.Column) is { } column && column.SourceName != change.Source
            : contract.Columns.All(c => c.Name != change.Column && c.SourceName != change.Source);
    }

    private static string ReadText(string path)
    {
        try
        {
            return System.IO.File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpenDataException(
                ProposalErrors.ContractGone,
                new LocalText("Không đọc được tệp hợp đồng của bộ dữ liệu.", "The dataset's contract file cannot be read."),
                inner: e);
        }
    }
}
