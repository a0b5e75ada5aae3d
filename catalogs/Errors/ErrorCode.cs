namespace OpenData.Catalogs.Errors;

/// <summary>
/// A stable name of a failure: <c>OD</c> and four digits. Ranges: 10xx catalogue, 12xx query, 13xx export, 20xx source,
/// 21xx staging, 22xx validation, 23xx publishing, 24xx ledger, 30xx assessment, 90xx server. Each project declares its codes as
/// <c>public static readonly</c> fields; docs/errors.md has a section for every one and a test keeps it so.
/// </summary>
/// <param name="Code">For example <c>OD1201</c>. Never reused, never renamed.</param>
/// <param name="Title">The fixed title; what happened in one case belongs to the detail.</param>
public sealed record ErrorCode(string Code, LocalText Title)
{
    /// <summary>Declares a code with both titles.</summary>
    public ErrorCode(string code, string titleEn, string titleVi)
        : this(code, new LocalText(titleVi, titleEn))
    {
    }

    /// <inheritdoc/>
    public override string ToString() => Code;
}
