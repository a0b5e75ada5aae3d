namespace OpenData.Catalogs.Reading;

/// <summary>A contract file after reading, before it is compared with the other files.</summary>
/// <param name="Id">What the file says or, failing that, its name; other contracts know it by this.</param>
/// <param name="Contract">The contract; null when the file has problems.</param>
/// <param name="Draft">What could be read in spite of problems, so that its references are still checked; null when nothing could.</param>
/// <param name="Lines">Line of each part that points to other files, for example <c>publisher</c> or <c>columns.commune.codelist</c>.</param>
/// <param name="Problems">The file's problems; the rules add theirs.</param>
internal sealed record ParsedContract(
    string Id,
    DatasetContract? Contract,
    DatasetContract? Draft,
    IReadOnlyDictionary<string, int> Lines,
    ProblemList Problems)
{
    /// <summary>Line of a part, or of the first that is known on the way to it.</summary>
    public int LineOf(string part)
    {
        while (!Lines.ContainsKey(part))
        {
            var dot = part.LastIndexOf('.');
            if (dot < 0)
            {
                return 1;
            }

            part = part[..dot];
        }

        return Lines[part];
    }
}
