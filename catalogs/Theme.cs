namespace OpenData.Catalogs;

/// <summary>A subject heading, mapped to the EU data-theme list.</summary>
/// <param name="Id">Stable id.</param>
/// <param name="Name">Name.</param>
/// <param name="EuTheme">URI of the EU data theme.</param>
public sealed record Theme(string Id, LocalText Name, string EuTheme);
