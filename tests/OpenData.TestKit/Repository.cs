namespace OpenData.TestKit;

/// <summary>Finds files of the checkout that the test was built from.</summary>
public static class Repository
{
    /// <summary>Absolute path of the folder with OpenData.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Absolute path of a repository-relative file.</summary>
    public static string File(string relative) => Path.Combine(Root, relative);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "OpenData.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("OpenData.sln was not found above the test's folder.");
    }
}
