namespace OpenData.Warehouse.Audit;

/// <summary>Checks the lines of the audit log one after another: each against the one before it, and against the file.</summary>
internal sealed class AuditChain
{
    private readonly List<AuditFinding> _findings = [];
    private string _previous = AuditText.Origin;
    private long _lines;
    private long _number;
    private bool _fileEnded;

    /// <summary>The next line of the table, and that of the file; null when the file has no more.</summary>
    internal void Next(AuditEntry entry, string? line)
    {
        _lines++;
        if (entry.Number != ++_number)
        {
            Report(_number, AuditFault.Missing);
            _number = entry.Number;
        }

        if (!string.Equals(AuditText.HashAfter(_previous, entry), entry.Hash, StringComparison.Ordinal))
        {
            Report(entry.Number, AuditFault.Altered);
        }

        if (line is null && !_fileEnded)
        {
            Report(entry.Number, AuditFault.FileShorter);
            _fileEnded = true;
        }
        else if (line is not null && !string.Equals(line, AuditText.Line(entry), StringComparison.Ordinal))
        {
            Report(entry.Number, AuditFault.FileDiffers);
        }

        _previous = entry.Hash;
    }

    /// <summary>After the last line of the table: what the file has beyond it, and the report.</summary>
    internal AuditReport End(string? lineBeyond)
    {
        if (lineBeyond is not null)
        {
            Report(_number + 1, AuditFault.TableShorter);
        }

        return new AuditReport(_lines, _previous, _findings);
    }

    private void Report(long number, AuditFault fault) => _findings.Add(new AuditFinding(number, fault));
}
