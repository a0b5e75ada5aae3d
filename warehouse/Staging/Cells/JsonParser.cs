using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>JSON values, checked (one property name once) and rewritten without white space. Numbers keep their digits.</summary>
internal sealed class JsonParser(ColumnContract column, int bytesMax) : CellParser(column)
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly ArrayBufferWriter<byte> _input = new();

    protected override string? Read(ReadOnlySpan<byte> text, ReadOnlySpan<byte> cell, CellForm form, CellValue to)
    {
        if (text.Length > bytesMax)
        {
            return StagingRules.TooLong;
        }

        switch (form)
        {
            case CellForm.True:
                to.Set("true"u8);
                return null;
            case CellForm.False:
                to.Set("false"u8);
                return null;
            case CellForm.Iso:
                return StagingRules.Type;
        }

        _input.ResetWrittenCount();
        _output.ResetWrittenCount();
        _input.Write(text);
        try
        {
            using var document = JsonDocument.Parse(_input.WrittenMemory, Strict);
            using (var writer = new Utf8JsonWriter(_output, Compact))
            {
                document.RootElement.WriteTo(writer);
            }
        }
        catch (JsonException)
        {
            return StagingRules.Type;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate in an escape cannot be text.
            return StagingRules.Type;
        }

        var written = _output.WrittenSpan;
        if (CellText.Check(written) == CellText.Finding.Untidy)
        {
            return CellText.TryNormalize(written, to) ? null : StagingRules.Type;
        }

        to.Set(written);
        return null;
    }
}
