using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Staging;

/// <summary>Parses cells and appends good records to <c>staged</c> and refused ones to <c>quarantine</c>. One thread.</summary>
internal sealed class RowStager : IRecordSink
{
    // What a value of a list takes in its vector, at most.
    private const int ItemBytes = 16;

    private readonly RecordShape _shape;
    private readonly StagingOptions _options;
    private readonly WorkMeter? _meter;
    private readonly CellParser[] _parsers;
    private readonly CellValue[] _values;
    private readonly ColumnType[] _types;
    private readonly long[] _given;
    private readonly StageWriter _staged;
    private readonly StageWriter _quarantine;
    private readonly bool _blocksOnType;
    private readonly bool[] _kept;
    private readonly Dictionary<string, long> _misplaced = new(StringComparer.Ordinal) { [StagingRules.Projected] = 0, [StagingRules.AxisOrder] = 0 };
    private long _offset;
    private long _geometries;
    private bool _refused;
    private (int Column, string Rule, byte[] Text)? _held;

    public RowStager(RecordShape shape, StagingOptions options, StageWriter staged, StageWriter quarantine, WorkMeter? meter)
    {
        _meter = meter;
        _shape = shape;
        _options = options;
        _staged = staged;
        _quarantine = quarantine;
        _parsers = [.. shape.Columns.Select(c => CellParser.For(shape.Contract, c, options.CellBytesMax))];
        _values = [.. shape.Columns.Select(_ => new CellValue())];
        _types = [.. shape.Columns.Select(c => c.Type)];
        _given = new long[shape.Columns.Count];
        _kept = [.. shape.Columns.Select((c, i) => i == shape.Mark || IsNeededOfDeleted(shape.Contract, c.Name))];
        _blocksOnType = shape.Contract.Drift.Type == "block";
    }

    /// <summary>Records begun or refused so far.</summary>
    public long Received { get; private set; }

    public long Quarantined { get; private set; }

    public void Begin(long byteOffset)
    {
        Count();
        _offset = byteOffset;
        _refused = false;
        _held = null;
    }

    public bool Cell(int column, ReadOnlySpan<byte> value, CellForm form)
    {
        if (_refused)
        {
            return false;
        }

        if (_given[column] == Received)
        {
            Fault(column, StagingRules.DuplicateKey, value);
            return !_refused;
        }

        _given[column] = Received;
        if (_parsers[column].Parse(value, form, _values[column]) is { } rule)
        {
            if (_misplaced.TryGetValue(rule, out var seen))
            {
                _misplaced[rule] = seen + 1;
            }

            Fault(column, rule, form == CellForm.Null ? default : value);
            return !_refused;
        }

        if (_types[column].Kind == ColumnKind.Geometry && _values[column].HasValue)
        {
            _geometries++;
        }

        return true;
    }

    /// <summary>A record that deletes its key may be empty or wrong in all else, and its mark may come last: such faults wait for the end.</summary>
    public void Fault(int column, string rule, ReadOnlySpan<byte> text)
    {
        if (_shape.Mark < 0 || _kept[column])
        {
            Refuse(column, rule, text);
        }
        else if (!_refused)
        {
            _held ??= (column, rule, Shown(text).ToArray());
        }
    }

    public void Refuse(long byteOffset, string? column, string rule, ReadOnlySpan<byte> text)
    {
        Count();
        Quarantine(byteOffset, column, rule, text);
    }

    public void End()
    {
        var isDeleted = IsDeleted();
        if (!isDeleted && _held is { } held)
        {
            Refuse(held.Column, held.Rule, held.Text);
        }

        for (var column = 0; column < _given.Length && !_refused; column++)
        {
            if (_given[column] != Received && !(isDeleted && !_kept[column]) && _parsers[column].Null(_values[column]) is { } rule)
            {
                Refuse(column, rule, default);
            }
            else if (isDeleted && _kept[column] && !_values[column].HasValue)
            {
                Refuse(column, StagingRules.Required, default);
            }
        }

        if (!_refused)
        {
            Append(isDeleted);
        }
    }

    private static bool IsNeededOfDeleted(DatasetContract contract, string column)
        => contract.Key.Contains(column, StringComparer.Ordinal) || contract.ChangeTime == column;

    private void Count()
    {
        Received++;
        if (_meter is { } meter)
        {
            meter.Records = Received;
        }
    }

    private bool IsDeleted() => _shape.Mark >= 0 && _given[_shape.Mark] == Received && _values[_shape.Mark] is { HasValue: true, Long: 1 };

    private void Refuse(int column, string rule, ReadOnlySpan<byte> text)
    {
        if (!_refused)
        {
            _refused = true;
            Quarantine(_offset, _shape.Columns[column].Name, rule, text);
        }
    }

    /// <summary>Call after the last record. When every geometry is misplaced in one way, the whole input is what is wrong, and the sentence says how.</summary>
    /// <exception cref="OpenDataException">OD2123, OD2124.</exception>
    public void CheckCoordinates()
    {
        if (_geometries == 0 && _misplaced[StagingRules.Projected] > 0 && _misplaced[StagingRules.AxisOrder] == 0)
        {
            throw new OpenDataException(
                StagingErrors.OtherCoordinates,
                new LocalText(
                    "Mọi tọa độ đều tính bằng mét (VN-2000 hoặc UTM); hãy chuyển sang kinh độ, vĩ độ WGS 84 (EPSG:4326) rồi gửi lại.",
                    "All coordinates are metres (VN-2000 or UTM); convert them to longitude and latitude of WGS 84 (EPSG:4326) and send them again."));
        }

        if (_geometries == 0 && _misplaced[StagingRules.AxisOrder] > 0 && _misplaced[StagingRules.Projected] == 0)
        {
            throw new OpenDataException(
                StagingErrors.AxisOrder,
                new LocalText(
                    "Mọi tọa độ đều ghi vĩ độ trước kinh độ; GeoJSON và WKT ghi kinh độ trước.",
                    "All coordinates have latitude before longitude; GeoJSON and WKT put longitude first."));
        }
    }

    private void Append(bool isDeleted)
    {
        var to = _staged.Appender;
        var row = to.Row;
        for (var column = 0; column < _values.Length; column++)
        {
            var value = _values[column];
            if (!value.HasValue || (isDeleted && !_kept[column]))
            {
                to.Column(column).SetNull(row);
            }
            else
            {
                Set(to.Column(column), row, _types[column], value);
            }
        }

        to.Column(_values.Length).SetInt64(row, Received);
        _staged.EndRow();
    }

    private void Set(ChunkColumn target, int row, ColumnType type, CellValue value)
    {
        switch (type.Kind)
        {
            case ColumnKind.Boolean:
                target.SetBool(row, value.Long != 0);
                break;
            case ColumnKind.Date:
                target.SetInt32(row, (int)value.Long);
                break;
            case ColumnKind.Float:
                target.SetDouble(row, value.Double);
                break;
            case ColumnKind.Decimal:
                target.SetDecimal(row, value.Wide);
                break;
            case ColumnKind.Uuid:
                target.SetGuid(row, UuidParser.ToGuid(value.Wide));
                break;
            case ColumnKind.Text or ColumnKind.Code or ColumnKind.Json:
                target.SetUtf8(row, value.Bytes);
                _staged.Grew(value.Bytes.Length);
                break;
            case ColumnKind.Geometry:
                target.SetBlob(row, value.Bytes);
                _staged.Grew(value.Bytes.Length);
                break;
            case ColumnKind.List:
                target.SetList(row, value.Items.Length, out var items, out var from);
                var item = type.ToScalar();
                for (var i = 0; i < value.Items.Length; i++)
                {
                    Set(items, from + i, item, value.Items[i]);
                }

                _staged.Grew(value.Items.Length * ItemBytes);
                break;
            default:
                target.SetInt64(row, value.Long);
                break;
        }
    }

    private void Quarantine(long byteOffset, string? column, string rule, ReadOnlySpan<byte> text)
    {
        if (_blocksOnType && rule is StagingRules.Type or StagingRules.Overflow or StagingRules.Scale or StagingRules.CodeAsNumber)
        {
            throw new OpenDataException(
                StagingErrors.TypeDrift,
                new LocalText(
                    $"Bản ghi {Received}, cột {column}: giá trị không đúng kiểu.",
                    $"Record {Received}, column {column}: the value is of another type."));
        }

        Quarantined++;
        var to = _quarantine.Appender;
        var row = to.Row;
        to.Column(0).SetInt64(row, Received);
        SetOrNull(to.Column(1), row, byteOffset);
        SetOrNull(to.Column(2), row, column);
        SetOrNull(to.Column(3), row, rule);
        var shown = Shown(text);
        if (shown.IsEmpty)
        {
            to.Column(4).SetNull(row);
        }
        else
        {
            to.Column(4).SetUtf8(row, shown);
            _quarantine.Grew(shown.Length);
        }

        _quarantine.EndRow();
    }

    private static void SetOrNull(ChunkColumn target, int row, long value)
    {
        if (value < 0)
        {
            target.SetNull(row);
        }
        else
        {
            target.SetInt64(row, value);
        }
    }

    private static void SetOrNull(ChunkColumn target, int row, string? text)
    {
        if (text is null)
        {
            target.SetNull(row);
        }
        else
        {
            target.SetUtf8(row, Encoding.UTF8.GetBytes(text));
        }
    }

    // Cut at a character, so that the text stays UTF-8.
    private ReadOnlySpan<byte> Shown(ReadOnlySpan<byte> text)
    {
        if (text.Length > _options.QuarantineTextBytesMax)
        {
            var length = _options.QuarantineTextBytesMax;
            while (length > 0 && (text[length] & 0xC0) == 0x80)
            {
                length--;
            }

            text = text[..length];
        }

        return text;
    }
}
