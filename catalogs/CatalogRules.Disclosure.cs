using OpenData.Catalogs.Errors;
using OpenData.Catalogs.Reading;

namespace OpenData.Catalogs;

/// <content>
/// Disclosure: (a) a dataset that hides small counts has no parent that its readers can read at finer grain; (b) a dataset that
/// more people can read than its parent is an aggregate: it hides small counts and does not carry the parent's key.
/// A parent that the dataset names as a code list or in a relation or <c>exists_in</c> lends names only and is no finer grain.
/// </content>
internal sealed partial class CatalogRules
{
    private void CheckDisclosure(ParsedContract file, DatasetContract contract)
    {
        foreach (var parent in CountedAncestors(contract))
        {
            if (contract.Suppress is not null && parent.Access <= contract.Access)
            {
                file.Problems.Add(
                    CatalogErrors.Disclosure,
                    file.LineOf("suppress"),
                    $"`suppress` hides small counts that anyone can count in `{parent.Id}`, which is {Word(parent.Access)} and of finer grain; close that dataset, or name it as a code list if it only lends names");
            }

            if (parent.Access > contract.Access)
            {
                CheckOpening(file, contract, parent);
            }
        }
    }

    private static void CheckOpening(ParsedContract file, DatasetContract contract, DatasetContract parent)
    {
        if (contract.Suppress is null)
        {
            file.Problems.Add(
                CatalogErrors.Disclosure,
                file.LineOf("access"),
                $"the dataset is {Word(contract.Access)} and its parent `{parent.Id}` is {Word(parent.Access)}; only an aggregate that hides small counts may be opened, so add `suppress`");
        }

        if (contract.HasRowKey || (!parent.HasRowKey && parent.Key.All(contract.Key.Contains)))
        {
            file.Problems.Add(
                CatalogErrors.Disclosure,
                file.LineOf("key"),
                $"the key tells single rows of `{parent.Id}` apart, which is {Word(parent.Access)}; an opened aggregate has a key of groups only");
        }
    }

    /// <summary>
    /// The parents whose rows are counted, and theirs, as far as they are not aggregates with hidden counts of their own.
    /// </summary>
    private List<DatasetContract> CountedAncestors(DatasetContract contract)
    {
        var found = new List<DatasetContract>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { contract.Id };
        var open = new Queue<DatasetContract>([contract]);
        while (open.TryDequeue(out var child))
        {
            foreach (var parent in CountedParents(child))
            {
                if (seen.Add(parent.Id))
                {
                    found.Add(parent);

                    // What such a parent shows was made fit for its readers already.
                    if (parent.Suppress is null || parent.Access > contract.Access)
                    {
                        open.Enqueue(parent);
                    }
                }
            }
        }

        return found;
    }

    private IEnumerable<DatasetContract> CountedParents(DatasetContract contract)
    {
        var lends = contract.Columns.Select(c => c.Codelist)
            .Concat(contract.Relations.Select(r => r.To))
            .Concat(contract.Expectations.OfType<ExistsInExpectation>().Select(e => e.Dataset))
            .ToHashSet(StringComparer.Ordinal);
        return contract.Source.Parents
            .Where(p => !lends.Contains(p))
            .Select(p => _contracts.GetValueOrDefault(p))
            .OfType<DatasetContract>();
    }
}
