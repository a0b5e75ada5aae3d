namespace OpenData.Warehouse.Audit;

/// <summary>What can be wrong with the audit log.</summary>
public enum AuditFault
{
    /// <summary>The text or the hash of a line of the table was changed, or it stands in another line's place.</summary>
    Altered,

    /// <summary>Lines are missing from the table before this one.</summary>
    Missing,

    /// <summary>The table ends before the file does: its last lines were removed.</summary>
    TableShorter,

    /// <summary>A line of the file says something else than the table.</summary>
    FileDiffers,

    /// <summary>The file ends before the table does: cut, or a process was killed before it could write; the next entry adds what is missing.</summary>
    FileShorter,
}
