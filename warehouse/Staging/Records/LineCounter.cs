namespace OpenData.Warehouse.Staging;

/// <summary>Counts lines with anything but spaces: the records of NDJSON.</summary>
internal sealed class LineCounter : IRecordCounter
{
    private long _ended;
    private bool _open;

    public long Records => _ended + (_open ? 1 : 0);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var line = end < 0 ? bytes : bytes[..end];
            _open |= line.IndexOfAnyExcept(" \t\r"u8) >= 0;
            if (end < 0)
            {
                return;
            }

            _ended += _open ? 1 : 0;
            _open = false;
            bytes = bytes[(end + 1)..];
        }
    }
}
