using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>What is wrong with a text of a query, with its place.</summary>
internal static class SyntaxErrors
{
    /// <summary>OD1201.</summary>
    public static OpenDataException Unexpected(Token token, string wantedEn, string wantedVi, string? suggestion = null)
        => token.Kind == TokenKind.End
            ? QueryErrors.At(
                QueryErrors.Malformed,
                token.Position,
                $"The expression ends where {wantedEn} is expected.",
                $"Biểu thức kết thúc khi còn thiếu {wantedVi}.",
                suggestion)
            : QueryErrors.At(
                QueryErrors.Malformed,
                token.Position,
                $"Expected {wantedEn}, found {Shown(token, "a text")}.",
                $"Cần {wantedVi}, nhưng gặp {Shown(token, "một chuỗi")}.",
                suggestion);

    private static string Shown(Token token, string text) => token.Kind switch
    {
        TokenKind.Text or TokenKind.JsonText => text,
        TokenKind.Prefixed => token.Prefix + "'…'",
        _ => token.Text.Length > 40 ? token.Text[..40] + "…" : token.Text,
    };

    /// <summary>OD1205.</summary>
    public static OpenDataException Unsupported(Token token, string en, string vi)
        => QueryErrors.At(QueryErrors.NotSupported, token.Position, $"This service does not support {en}.", $"Dịch vụ chưa hỗ trợ {vi}.");

    /// <summary>OD1209.</summary>
    public static OpenDataException Complex(int position, string limit, int most)
        => QueryErrors.At(
            QueryErrors.TooComplex,
            position,
            $"The expression is over {limit} = {most}. Split the request or use a list with in.",
            $"Biểu thức vượt giới hạn {limit} = {most}. Hãy chia nhỏ yêu cầu hoặc dùng danh sách với in.");
}
