using System.Globalization;
using System.Text.Json;

namespace OpenData.Ingest.Sources;

/// <summary>Pure: whether a CKAN portal's answer is one, and what it means when it says no. Its own words are not passed on: they may hold SQL.</summary>
internal static class CkanAnswer
{
    private static readonly string[] Parameters = ["resource_id", "filters", "fields", "sort", "limit", "offset"];

    /// <summary>True for the statuses with which CKAN explains itself in JSON.</summary>
    internal static bool Explains(int status) => status is 400 or 404 or 409;

    /// <summary>Throws unless the answer is a page of rows.</summary>
    internal static void Check(JsonElement root, int status)
    {
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.False)
        {
            throw Refusal(root.TryGetProperty("error", out var error) ? error : default);
        }

        if (status != 200)
        {
            var number = status.ToString(CultureInfo.InvariantCulture);
            throw SourceFailure.Of(SourceErrors.Status, $"Nguồn trả về mã {number}.", $"The source answered {number}.");
        }

        var result = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("result", out var inner) && inner.ValueKind == JsonValueKind.Object
            ? inner
            : throw JsonPage.Missing("$.result");
        if (!result.TryGetProperty("fields", out var fields) || fields.ValueKind != JsonValueKind.Array || !fields.EnumerateArray().All(IsField))
        {
            throw JsonPage.Missing("$.result.fields");
        }

        if (result.TryGetProperty("total_was_estimated", out var estimated) && estimated.ValueKind == JsonValueKind.True)
        {
            // An estimate would let a short list pass for the whole.
            throw JsonPage.Missing("$.result.total");
        }
    }

    private static bool IsField(JsonElement field)
        => field.ValueKind == JsonValueKind.Object
            && field.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
            && field.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String;

    private static Exception Refusal(JsonElement error)
    {
        var isObject = error.ValueKind == JsonValueKind.Object;
        return (isObject && error.TryGetProperty("__type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null) switch
        {
            "Authorization Error" => SourceFailure.Of(
                SourceErrors.NotAllowed, "Cổng CKAN từ chối quyền truy cập.", "The CKAN portal refused our credentials."),
            "Not Found Error" => SourceFailure.Of(
                SourceErrors.CkanRefused,
                "Cổng CKAN không có bảng dữ liệu nào với resource_id của hợp đồng.",
                "The CKAN portal has no table of the contract's resource_id."),
            "Validation Error" when error.TryGetProperty("query", out var query) && query.ToString().Contains("took too long", StringComparison.Ordinal)
                => SourceFailure.Transient(
                    SourceErrors.QueryStopped, "Cổng CKAN dừng câu hỏi vì quá thời hạn.", "The CKAN portal stopped the question by its time limit."),
            "Validation Error" => Invalid([.. Parameters.Where(p => error.TryGetProperty(p, out _))]),
            "Internal Server Error" => SourceFailure.Transient(
                SourceErrors.Status, "Cổng CKAN báo lỗi của chính nó.", "The CKAN portal reports a failure of its own."),
            _ => SourceFailure.Of(SourceErrors.CkanRefused, "Cổng CKAN từ chối câu hỏi.", "The CKAN portal refused the question."),
        };
    }

    private static Catalogs.Errors.OpenDataException Invalid(string[] parameters)
    {
        var names = string.Join(", ", parameters);
        return parameters.Length == 0
            ? SourceFailure.Of(SourceErrors.CkanRefused, "Cổng CKAN không nhận câu hỏi.", "The CKAN portal does not take the question.")
            : SourceFailure.Of(
                SourceErrors.CkanRefused,
                $"Cổng CKAN không nhận {names}: bảng không có trường hoặc giá trị mà hợp đồng nêu.",
                $"The CKAN portal does not take {names}: the table lacks a field or value that the contract names.");
    }
}
