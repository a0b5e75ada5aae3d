namespace OpenData.Ingest.Runs;

/// <summary>The private folders of runs below <c>work/</c>, named by run.</summary>
internal static class WorkFolders
{
    /// <summary>Removes one; what cannot be removed now is removed at the next start.</summary>
    internal static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
