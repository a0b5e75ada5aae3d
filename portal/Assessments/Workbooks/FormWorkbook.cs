using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using OpenData.Portal.Scores;
using OpenData.Warehouse.Rounds;
using Formats = OpenData.Portal.Pages.Formats;

namespace OpenData.Portal.Assessments.Workbooks;

/// <summary>The form of a unit as a workbook to be filled in without us: one sheet, a row for each input, and what stands already.</summary>
internal sealed class FormWorkbook
{
    // Title, round and instruction stand above the heads.
    private const int HeadRow = 4;

    private static readonly double[] Widths = [9, 38, 34, 20, 12, 12, 42, 10, 48, 9, 9];

    private readonly UnitDossier _dossier;
    private readonly string _language;
    private readonly SheetData _rows = new();
    private readonly SheetData _hidden = new();
    private readonly List<DataValidation> _validations = [];
    private readonly Dictionary<string, string> _lists = new(StringComparer.Ordinal);
    private uint _row;

    private FormWorkbook(UnitDossier dossier, string language) => (_dossier, _language) = (dossier, language);

    /// <summary>Media type.</summary>
    public static string MediaType => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Writes it.</summary>
    /// <param name="dossier">The unit.</param>
    /// <param name="language">Language of its words.</param>
    public static byte[] Write(UnitDossier dossier, string language)
    {
        using var stream = new MemoryStream();
        new FormWorkbook(dossier, language).Write(stream);
        return stream.ToArray();
    }

    private void Write(Stream stream)
    {
        using var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook);
        var book = document.AddWorkbookPart();
        book.AddNewPart<WorkbookStylesPart>().Stylesheet = FormStyles.Sheet();
        var (form, hidden) = (book.AddNewPart<WorksheetPart>(), book.AddNewPart<WorksheetPart>());
        Rows();
        form.Worksheet = Form();
        hidden.Worksheet = new Worksheet(_hidden);
        book.Workbook = new Workbook(new Sheets(
            new DocumentFormat.OpenXml.Spreadsheet.Sheet { Id = book.GetIdOfPart(form), SheetId = 1, Name = AssessmentWords.FormSheet.For(_language) },
            new DocumentFormat.OpenXml.Spreadsheet.Sheet { Id = book.GetIdOfPart(hidden), SheetId = 2, Name = FormRow.HiddenSheet, State = SheetStateValues.Hidden }));
    }

    private Worksheet Form()
    {
        var head = _row;
        var columns = new Columns(Widths.Select((width, i) => new Column
        {
            Min = (uint)i + 1,
            Max = (uint)i + 1,
            Width = width,
            CustomWidth = true,
            Hidden = i >= (int)FormColumn.Key,
        }));
        var sheet = new Worksheet(
            new SheetProperties(new PageSetupProperties { FitToPage = true }),
            new SheetViews(new SheetView(new Pane { VerticalSplit = HeadRow, TopLeftCell = $"A{HeadRow + 1}", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen }) { WorkbookViewId = 0 }),
            columns,
            _rows,
            new SheetProtection { Sheet = true, Objects = true, Scenarios = true, FormatColumns = false, FormatRows = false });
        if (_validations.Count > 0)
        {
            sheet.Append(new DataValidations(_validations) { Count = (uint)_validations.Count });
        }

        sheet.Append(new PageSetup { Orientation = OrientationValues.Landscape, PaperSize = 9, FitToHeight = 0 });
        sheet.Append(new IgnoredErrors(new IgnoredError { SequenceOfReferences = new ListValue<StringValue> { InnerText = $"A1:I{head}" }, NumberStoredAsText = true }));
        return sheet;
    }

    private void Rows()
    {
        Hidden(FormRow.Mark);
        Hidden(_dossier.Round.Id);
        Hidden(_dossier.Unit.Code);
        Add(FormStyle.Title, (FormColumn.Code, $"{_dossier.Unit.Name} ({_dossier.Unit.Code})"));
        Add(FormStyle.Index, (FormColumn.Code, $"{_dossier.Round.Title.For(_language)}, {Formats.Date(_dossier.Round.From, _language)} – {Formats.Date(_dossier.Round.To, _language)}"));
        Add(FormStyle.Index, (FormColumn.Code, AssessmentWords.FormHow.For(_language)));
        Add(
            FormStyle.Head,
            (FormColumn.Code, AssessmentWords.Code.For(_language)),
            (FormColumn.Name, AssessmentWords.Component.For(_language)),
            (FormColumn.Asked, AssessmentWords.Asked.For(_language)),
            (FormColumn.Value, AssessmentWords.Value.For(_language)),
            (FormColumn.Unit, AssessmentWords.UnitOfMeasure.For(_language)),
            (FormColumn.NotApplicable, AssessmentWords.NotApplicableHead.For(_language)),
            (FormColumn.Explanation, AssessmentWords.Explanation.For(_language)),
            (FormColumn.Maximum, AssessmentWords.Maximum.For(_language)),
            (FormColumn.Formula, AssessmentWords.HowScored.For(_language)),
            (FormColumn.Key, FormRow.KeyHead),
            (FormColumn.Seen, "seen"));
        foreach (var index in _dossier.Framework.MainIndices.Where(m => m.Components.Count > 0))
        {
            Add(FormStyle.Index, (FormColumn.Code, index.Code), (FormColumn.Name, index.Name.For(_language)));
            foreach (var row in index.Components.SelectMany(FormRow.Of))
            {
                Add(row);
            }
        }
    }

    private void Add(FormRow row)
    {
        var component = row.Component;
        var self = _dossier.Latest(component.Code, EntryKind.Self);
        var typed = TypedAnswer.Of(self, null, _language);
        var choices = AnswerChoice.Of(component, _language);
        var value = row.IsAutomatic ? Computed(row) : typed.Inputs.GetValueOrDefault(row.Role, "");
        value = choices.FirstOrDefault(c => c.Value == value)?.Word ?? value;
        var number = ++_row;
        var cells = new List<Cell>
        {
            Cell(FormColumn.Code, FormStyle.Plain, row.IsFirst ? component.Code : ""),
            Cell(FormColumn.Name, FormStyle.Plain, row.IsFirst ? component.Name.For(_language) : ""),
            Cell(FormColumn.Asked, FormStyle.Plain, row.Role.Length > 0 ? AnswerWords.Title(component, row.Role, _language) : ""),
            Cell(FormColumn.Value, row.IsAutomatic || row.Role.Length == 0 ? FormStyle.Quiet : FormStyle.Field, value),
            Cell(FormColumn.Unit, FormStyle.Quiet, row.Role.Length > 0 ? AnswerWords.Unit(component, row.Role, _language) : ""),
            Cell(FormColumn.NotApplicable, row.IsFirst ? FormStyle.Field : FormStyle.Quiet, row.IsFirst && typed.NotApplicable ? "x" : ""),
            Cell(FormColumn.Explanation, row.IsFirst ? FormStyle.Field : FormStyle.Quiet, row.IsFirst ? typed.Explanation : ""),
            Cell(FormColumn.Maximum, FormStyle.Plain, row.IsFirst ? FormulaWords.Number(component.Points, _language) : ""),
            Cell(FormColumn.Formula, FormStyle.Quiet, row.IsFirst ? FormulaWords.Sentence(component.Formula, component.Points, _language) : ""),
            Cell(FormColumn.Key, FormStyle.Quiet, row.Key),
            Cell(FormColumn.Seen, FormStyle.Quiet, _dossier.Seen(component.Code).ToString(CultureInfo.InvariantCulture)),
        };
        _rows.Append(new Row(cells) { RowIndex = number });
        if (row.IsFirst)
        {
            _validations.Add(OneOf("\"x\"", FormColumn.NotApplicable, AssessmentWords.CrossOrNothing.For(_language)));
        }

        if (choices.Count > 0 && !row.IsAutomatic)
        {
            _validations.Add(OneOf(ListOf(choices), FormColumn.Value, AssessmentWords.OneOfList.For(_language)));
        }
    }

    private string Computed(FormRow row)
    {
        var query = _dossier.Latest(row.Component.Code, EntryKind.Automatic)?.Queries.FirstOrDefault(q => q.Role == row.Role);
        var text = query switch
        {
            null => AssessmentWords.NotComputed.For(_language),
            { Value: { } value } => AnswerWords.Value(row.Component, row.Role, value, _language),
            _ => AssessmentWords.NoAnswer.For(_language),
        };
        return $"{AssessmentWords.Automatic.For(_language)}: {text}";
    }

    private DataValidation OneOf(string formula, FormColumn column, string problem) => new(new Formula1(formula))
    {
        Type = DataValidationValues.List,
        AllowBlank = true,
        ShowErrorMessage = true,
        Error = problem,
        SequenceOfReferences = new ListValue<StringValue> { InnerText = CellAddress.Of(column, _row) },
    };

    // Words may hold commas, so a list is a range of the hidden sheet and not a text of the rule.
    private string ListOf(IReadOnlyList<AnswerChoice> choices)
    {
        var words = string.Join('\n', choices.Select(c => c.Word));
        if (!_lists.TryGetValue(words, out var range))
        {
            var first = _hidden.Elements<Row>().Count() + 1;
            foreach (var choice in choices)
            {
                Hidden(choice.Word);
            }

            _lists[words] = range = string.Create(CultureInfo.InvariantCulture, $"{FormRow.HiddenSheet}!$A${first}:$A${first + choices.Count - 1}");
        }

        return range;
    }

    private void Hidden(string text)
    {
        var row = (uint)_hidden.Elements<Row>().Count() + 1;
        _hidden.Append(new Row(Text(string.Create(CultureInfo.InvariantCulture, $"A{row}"), FormStyle.Plain, text)) { RowIndex = row });
    }

    private void Add(FormStyle style, params (FormColumn Column, string Text)[] cells)
    {
        var number = ++_row;
        _rows.Append(new Row(cells.Select(c => Cell(c.Column, style, c.Text))) { RowIndex = number });
    }

    private Cell Cell(FormColumn column, FormStyle style, string text) => Text(CellAddress.Of(column, _row), style, text);

    private static Cell Text(string address, FormStyle style, string text)
    {
        var cell = new Cell { CellReference = address, StyleIndex = (uint)style };
        if (text.Length > 0)
        {
            cell.DataType = CellValues.InlineString;
            cell.InlineString = new InlineString(new DocumentFormat.OpenXml.Spreadsheet.Text(FormText.Escaped(text)) { Space = SpaceProcessingModeValues.Preserve });
        }

        return cell;
    }
}
