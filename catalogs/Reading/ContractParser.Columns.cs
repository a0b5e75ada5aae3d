using System.Globalization;
using OpenData.Catalogs.Errors;

namespace OpenData.Catalogs.Reading;

/// <content>Columns, key and order.</content>
internal sealed partial class ContractParser
{
    private const int ColumnsMax = 500;

    private void ReadColumns(Fields root)
    {
        var items = root.Items("columns", "columns");
        if (items.Count == 0 && root.Has("columns"))
        {
            root.Bad("columns", "`columns` has no column; a dataset has at least one");
        }

        if (items.Count > ColumnsMax)
        {
            root.Bad("columns", $"`columns` has {items.Count} columns; at most {ColumnsMax} are taken");
            return;
        }

        var fields = new List<Fields>();
        foreach (var item in items)
        {
            if (item is not YamlValue.Map map)
            {
                _problems.Add(CatalogErrors.WrongShape, item.Line, $"a column is {item.Shape}; it must be a map, for example {{ name: fee, type: integer, title: {{...}} }}");
                continue;
            }

            var name = map.Entries.FirstOrDefault(e => e.Key == "name")?.Value is YamlValue.Scalar { Text: var text } ? text : "";
            var column = new Fields(map, "column", name.Length == 0 ? "a column" : $"column `{YamlTree.Shown(name)}`", _problems);
            if (ReadColumn(column) is { } read)
            {
                fields.Add(column);
                _columns.Add(read);
            }
        }

        _columnNames = [.. _columns.Select(c => c.Name)];
        for (var i = 0; i < _columns.Count; i++)
        {
            CheckNullReason(fields[i], _columns[i]);
        }

        if (_columns.Count > 0 && _columns.All(c => c.Personal))
        {
            root.Report(CatalogErrors.Contradiction, "columns", "every column is personal, so nothing would be stored; a dataset has at least one other column");
        }
    }

    private ColumnContract? ReadColumn(Fields column)
    {
        var name = ColumnName(column);
        var type = ReadType(column);
        var personal = column.Word("privacy", ContractWords.Privacies, null) is not null;
        if (!personal && !column.Has("title"))
        {
            column.Missing("title", "which every public column needs as { vi: ..., en: ... }");
        }

        var title = column.Local("title", TitleCharactersMax);
        var oneOf = column.Has("one_of") ? column.Texts("one_of") : null;
        var read = new ColumnContract(name ?? "", type ?? new ColumnType(ColumnKind.Text), title ?? new LocalText(name ?? "", name ?? ""))
        {
            Description = column.Local("description", SummaryCharactersMax),
            From = column.Text("from"),
            Required = column.Flag("required") ?? false,
            Unit = column.Text("unit", 40),
            Matches = column.Text("matches", 500),
            OneOf = oneOf,
            Min = column.Text("min"),
            Max = column.Text("max"),
            Codelist = column.Text("codelist"),
            Format = column.Text("format", 60),
            TimeZone = column.Zone("time_zone"),
            NumberFormat = column.Word("number_format", ContractWords.NumberFormats, null),
            KeepEmpty = column.Word("empty", ContractWords.Empties, "null") == "keep",
            Personal = personal,
            Search = !personal && (column.Flag("search") ?? (type?.Kind == ColumnKind.Text && oneOf is null)),
            Separator = Separator(column),
            NullTexts = column.Texts("null_texts"),
            Truncate = column.Word("truncate", ContractWords.Truncations, null),
            NullReason = column.Text("null_reason"),
        };
        if (type is not null)
        {
            CheckAgainstType(column, read);
        }

        if (name is null)
        {
            return null;
        }

        _lines[$"columns.{name}"] = column.Line;
        _lines[$"columns.{name}.codelist"] = column.LineOf("codelist");
        if (_columns.Any(c => c.Name == name))
        {
            column.Report(CatalogErrors.Duplicate, "name", $"an earlier column has the name `{name}` already");
            return null;
        }

        return read;
    }

    private static string? ColumnName(Fields column)
    {
        var name = column.Text("name");
        if (name is null)
        {
            return null;
        }

        if (name.StartsWith('_'))
        {
            column.Bad("name", $"`{YamlTree.Shown(name)}` begins with _; such names are reserved for the platform");
            return null;
        }

        if (name == "row")
        {
            column.Bad("name", "`row` is reserved, because `key: row` means the row's content; choose another name");
            return null;
        }

        if (!NamePattern().IsMatch(name))
        {
            column.Bad("name", $"`{YamlTree.Shown(name)}` is no column name; write 1 to 63 of a-z, 0-9 and _, a letter first (the source's own name goes to `from`)");
            return null;
        }

        return name;
    }

    private static ColumnType? ReadType(Fields column)
    {
        if (column.Text("type") is not { } text)
        {
            return null;
        }

        var (type, problem) = ColumnTypeText.Parse(text);
        if (problem is not null)
        {
            column.Report(CatalogErrors.BadColumnType, "type", problem);
        }

        return type;
    }

    private static string? Separator(Fields column)
    {
        if (column.Text("separator") is not { } text)
        {
            return null;
        }

        // Anything that may stand in a value or that trimming takes away would divide where nobody meant it.
        if (text.Length != 1 || !char.IsAscii(text[0]) || char.IsLetterOrDigit(text[0]) || char.IsControl(text[0]) || text[0] is '"' or '[' or ']' or '-' or '.')
        {
            column.Bad("separator", $"`separator` is `{YamlTree.Shown(text)}`; write one sign such as \";\", \",\" or \"|\"");
            return null;
        }

        return text;
    }

    private static void CheckAgainstType(Fields column, ColumnContract list)
    {
        // Of a list these fields speak of each of its values.
        var read = list.ToScalar();
        var kind = read.Type.Kind;
        Only(column, "separator", list.Type.Kind == ColumnKind.List, "list");
        var words = kind is ColumnKind.Text or ColumnKind.Code;
        var number = kind is ColumnKind.Integer or ColumnKind.Decimal or ColumnKind.Float;
        var moment = kind is ColumnKind.Date or ColumnKind.Time or ColumnKind.Timestamp;
        Only(column, "matches", words, "text and code");
        Only(column, "empty", words, "text and code");
        Only(column, "search", words && list.Type.Kind != ColumnKind.List, "text and code");
        Only(column, "one_of", words || kind == ColumnKind.Integer, "text, code and integer");
        Only(column, "codelist", words || kind == ColumnKind.Integer, "text, code and integer");
        Only(column, "number_format", number, "integer, decimal and float");
        Only(column, "unit", number || kind == ColumnKind.Duration, "integer, decimal, float and duration");
        Only(column, "format", moment, "date, time and timestamp");
        Only(column, "time_zone", kind == ColumnKind.Timestamp, "timestamp");
        Only(column, "truncate", kind == ColumnKind.Timestamp, "timestamp");
        Only(column, "min", number || moment || kind == ColumnKind.Duration, "numbers, dates, times and durations");
        Only(column, "max", number || moment || kind == ColumnKind.Duration, "numbers, dates, times and durations");

        if (read.Matches is not null && RegexText.Problem(read.Matches) is { } regex)
        {
            column.Bad("matches", $"the pattern {regex}");
        }

        if (read.OneOf is { Count: 0 })
        {
            column.Bad("one_of", "`one_of` allows nothing; list the values or leave the field out");
        }

        if (read.OneOf is { Count: > 0 } values && kind == ColumnKind.Integer && values.FirstOrDefault(v => TypedText.Parse(v, read.Type) is null) is { } wrong)
        {
            column.Bad("one_of", $"`one_of` holds `{YamlTree.Shown(wrong)}`; the column's type is integer");
        }

        if (read.Format is not null && moment && FormatProblem(read.Format, kind) is { } format)
        {
            column.Bad("format", $"`format` is `{YamlTree.Shown(read.Format)}`, which {format}");
        }

        CheckBounds(column, read);
    }

    private static void CheckBounds(Fields column, ColumnContract read)
    {
        IComparable? Bound(string field, string? text)
        {
            if (text is null || TypedText.Parse(text, read.Type) is { } value)
            {
                return text is null ? null : TypedText.Parse(text, read.Type);
            }

            column.Bad(field, $"`{field}` is `{YamlTree.Shown(text)}`; the column's type is {read.Type}, so write {TypedText.Example(read.Type.Kind)}");
            return null;
        }

        if (read.Type.Kind is ColumnKind.Boolean or ColumnKind.Text or ColumnKind.Code or ColumnKind.Uuid or ColumnKind.Geometry or ColumnKind.Json)
        {
            return;
        }

        if (Bound("min", read.Min) is { } min && Bound("max", read.Max) is { } max && min.CompareTo(max) > 0)
        {
            column.Report(CatalogErrors.Contradiction, "min", $"`min` {read.Min} is greater than `max` {read.Max}");
        }
    }

    private static void Only(Fields column, string field, bool fits, string types)
    {
        if (column.Has(field) && !fits)
        {
            column.Report(CatalogErrors.Contradiction, field, $"`{field}` belongs to columns of type {types} only; remove it or change the type");
        }
    }

    /// <summary>What is wrong with a .NET custom format; null when it reads back what it writes.</summary>
    private static string? FormatProblem(string format, ColumnKind kind)
    {
        if (format.Length < 2)
        {
            return "is a standard format whose meaning depends on the machine; write it out, for example dd/MM/yyyy";
        }

        var probe = new DateTime(2031, 11, 23, 14, 45, 56, DateTimeKind.Unspecified);
        var written = "";
        try
        {
            written = probe.ToString(format, CultureInfo.InvariantCulture);
            var back = DateTime.ParseExact(written, format, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault);
            var hasDay = back.Year == probe.Year;
            var hasTime = back.TimeOfDay != TimeSpan.Zero;
            return kind switch
            {
                ColumnKind.Date when !hasDay => "holds no year; a date needs one, for example dd/MM/yyyy",
                ColumnKind.Timestamp when !hasDay => "holds no year; a timestamp needs one, for example dd/MM/yyyy HH:mm",
                ColumnKind.Time when !hasTime || hasDay => "is no time of day; write for example HH:mm:ss",
                _ when hasTime && back.Hour != probe.Hour => "holds hours of 12 without AM or PM; write HH",
                _ => null,
            };
        }
        catch (FormatException)
        {
            return "is no .NET date and time format that reads back what it writes; write for example dd/MM/yyyy HH:mm";
        }
        catch (ArgumentException)
        {
            return "is no .NET date and time format; write for example dd/MM/yyyy HH:mm";
        }
    }

    private void CheckNullReason(Fields column, ColumnContract read)
    {
        if (read.NullReason is null || !IsPublicColumn(column, "null_reason", read.NullReason))
        {
            return;
        }

        var companion = _columns.First(c => c.Name == read.NullReason);
        if (companion.Type.Kind is not (ColumnKind.Text or ColumnKind.Code) || companion.Name == read.Name)
        {
            column.Report(CatalogErrors.Contradiction, "null_reason", $"`{read.NullReason}` cannot hold reasons; name another column of type text or code");
        }
    }

    private List<string> ReadKey(Fields root)
    {
        if (root.Value("key") is YamlValue.Scalar { IsNothing: false } word)
        {
            if (word.Text == "row")
            {
                return ["row"];
            }

            root.Report(CatalogErrors.WrongShape, "key", $"`key` is `{YamlTree.Shown(word.Text)}`; write a list of columns, for example [{YamlTree.Shown(word.Text)}], or the word row");
            return [];
        }

        var key = root.Texts("key", "columns");
        if (key.Count == 0 && root.Value("key") is YamlValue.List)
        {
            root.Bad("key", "`key` is empty; list the columns that name a row, or write key: row");
        }

        if (key is ["row"])
        {
            return ["row"];
        }

        return [.. key.Where(name => IsPublicColumn(root, "key", name) && IsOrderable(root, "key", name, allowFloat: false))];
    }

    /// <summary>A row without its key cannot be named, so key columns are required whether or not the contract says it.</summary>
    private void MakeKeyRequired(List<string> key)
        => _columns = [.. _columns.Select(c => key.Contains(c.Name) ? c with { Required = true } : c)];

    private List<string> ReadOrder(Fields root, List<string> key)
    {
        if (root.Has("order"))
        {
            return [.. root.Texts("order", "columns").Where(name => IsPublicColumn(root, "order", name) && IsOrderable(root, "order", name, allowFloat: true))];
        }

        // The default: the time column, then the key.
        var time = _columns.FirstOrDefault(c => !c.Personal && c.Type.Kind is ColumnKind.Timestamp or ColumnKind.Date)?.Name;
        var columns = key is ["row"] ? [] : key;
        return time is null || columns.Contains(time) ? [.. columns] : [time, .. columns];
    }

    private bool IsOrderable(Fields fields, string field, string name, bool allowFloat)
    {
        var kind = _columns.First(c => c.Name == name).Type.Kind;
        if (kind is ColumnKind.Geometry or ColumnKind.Json or ColumnKind.List || (kind == ColumnKind.Float && !allowFloat))
        {
            fields.Report(CatalogErrors.Contradiction, field, $"`{field}` names `{name}`, whose type {kind.ToString().ToLowerInvariant()} cannot stand there; choose another column");
            return false;
        }

        return true;
    }

    /// <summary>True for a public column of this contract; else a problem says why not.</summary>
    private bool IsPublicColumn(Fields fields, string field, string name)
    {
        if (!_columnNames.Contains(name))
        {
            fields.Report(
                CatalogErrors.UnknownColumn, field, $"`{field}` names `{YamlTree.Shown(name)}`, which is no column of this contract{NearestName.Suggestion(name, _columnNames)}");
            return false;
        }

        if (_columns.First(c => c.Name == name).Personal)
        {
            fields.Report(
                CatalogErrors.PersonalColumn, field, $"`{field}` names `{name}`, which is personal: it is dropped at the door and cannot be used");
            return false;
        }

        return true;
    }
}
