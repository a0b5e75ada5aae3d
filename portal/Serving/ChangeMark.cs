using System.Globalization;
using System.Text;

namespace OpenData.Portal.Serving;

/// <summary>A short text that changes when a publication or a catalogue file does; names and times only, no file is opened.</summary>
internal static class ChangeMark
{
    /// <summary>The mark of this moment.</summary>
    public static string Of(PortalOptions options)
    {
        var mark = new StringBuilder();
        var published = new DirectoryInfo(Path.Combine(options.DataFolder, "published"));
        if (published.Exists)
        {
            foreach (var dataset in published.EnumerateDirectories().OrderBy(d => d.Name, StringComparer.Ordinal))
            {
                var pointers = new DirectoryInfo(Path.Combine(dataset.FullName, "current"));
                var newest = pointers.Exists ? pointers.EnumerateFiles().Max(f => f.Name) : null;
                mark.Append(dataset.Name).Append('=').Append(newest).Append(';');
            }
        }

        var catalog = new DirectoryInfo(options.CatalogFolder);
        if (catalog.Exists)
        {
            foreach (var file in catalog.EnumerateFiles("*.yaml", SearchOption.AllDirectories).OrderBy(f => f.FullName, StringComparer.Ordinal))
            {
                mark.Append(CultureInfo.InvariantCulture, $"{file.Name}:{file.Length}:{file.LastWriteTimeUtc.Ticks};");
            }
        }

        return mark.ToString();
    }
}
