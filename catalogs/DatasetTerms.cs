namespace OpenData.Catalogs;

/// <summary>A link from rows of one dataset to rows of another.</summary>
/// <param name="Name">Relation name, also the navigation property.</param>
/// <param name="To">Target dataset.</param>
/// <param name="On">Own column → target column.</param>
/// <param name="AsAt">Own date or timestamp column at which the target must be valid; null when the target has no validity.</param>
public sealed record RelationContract(string Name, string To, IReadOnlyDictionary<string, string> On, string? AsAt);

/// <summary>What happens when the source's columns change.</summary>
/// <param name="NewColumn"><c>propose</c> (publish, and report the new column), <c>ignore</c> or <c>block</c>.</param>
/// <param name="MissingColumn"><c>block</c> or <c>null</c>.</param>
/// <param name="Type"><c>quarantine</c> or <c>block</c>.</param>
public sealed record DriftPolicy(string NewColumn, string MissingColumn, string Type);

/// <summary>Disclosure rule: the listed columns are emptied where the count column is small, with complementary cells.</summary>
/// <param name="CountColumn">Column that counts people or cases.</param>
/// <param name="CountBelow">Counts from 1 to this number less one are suppressed.</param>
/// <param name="Columns">Columns emptied together.</param>
/// <param name="Within">Columns whose groups have a published total, so that one hidden cell could be computed; complementary cells are hidden in each group.</param>
public sealed record SuppressionRule(string CountColumn, long CountBelow, IReadOnlyList<string> Columns, IReadOnlyList<string> Within);

/// <summary>What is kept and how long.</summary>
/// <param name="Versions">Newest versions kept.</param>
/// <param name="Bytes">Greatest size of all kept versions in bytes; null means no limit.</param>
/// <param name="Landing">How long source bytes are kept.</param>
public sealed record KeepPolicy(int Versions, long? Bytes, TimeSpan Landing);

/// <summary>A legal act as dated data.</summary>
public sealed record LegalBasis(string Act, DateOnly From, DateOnly? To);

/// <summary>Who answers.</summary>
public sealed record Contact(string Name, string Email, string? Phone);

/// <summary>Area (administrative code) and period covered.</summary>
public sealed record Coverage(string? Area, DateOnly? From, DateOnly? To);
