using System.Text.RegularExpressions;

namespace OpenData.Ingest.Sources;

/// <summary>Fills <c>${NAME}</c> from the configuration. Filled texts may hold secrets: they are never logged or stored.</summary>
public sealed partial class Placeholders(Func<string, string?> setting)
{
    /// <summary>The text with every placeholder filled.</summary>
    /// <exception cref="Catalogs.Errors.OpenDataException"><see cref="SourceErrors.PlaceholderMissing"/> with the placeholder's name.</exception>
    public string Fill(string text) => Pattern().Replace(text, match => Value(match.Groups["name"].Value));

    private string Value(string name) => setting(name) is { Length: > 0 } value && !value.Any(char.IsControl)
        ? value
        : throw SourceFailure.Of(
            SourceErrors.PlaceholderMissing,
            $"Cấu hình {name} chưa có giá trị dùng được.",
            $"The setting {name} has no usable value.");

    [GeneratedRegex(@"\$\{(?<name>[A-Z][A-Z0-9_]*)\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
