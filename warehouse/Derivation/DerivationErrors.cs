using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Derivation;

/// <summary>Codes of failures of SQL in contracts.</summary>
public static class DerivationErrors
{
    /// <summary>The text is not one SELECT, or not one expression.</summary>
    public static readonly ErrorCode NotOneStatement = new("OD2251", "SQL of the contract is not one SELECT or one expression", "SQL của hợp đồng không phải một câu SELECT hoặc một biểu thức");

    /// <summary>It reads a table that is no declared parent.</summary>
    public static readonly ErrorCode UnknownTable = new("OD2252", "SQL of the contract reads an undeclared table", "SQL của hợp đồng đọc bảng chưa khai báo");

    /// <summary>It calls a function outside the allow-list.</summary>
    public static readonly ErrorCode FunctionRefused = new("OD2253", "SQL of the contract calls a function that is not allowed", "SQL của hợp đồng gọi hàm không được phép");

    /// <summary>It uses a form of SQL outside the allow-list.</summary>
    public static readonly ErrorCode FormRefused = new("OD2254", "SQL of the contract uses a form that is not allowed", "SQL của hợp đồng dùng cú pháp không được phép");

    /// <summary>It is too long, too deep or may blow up text.</summary>
    public static readonly ErrorCode OverBudget = new("OD2255", "SQL of the contract is over its budget", "SQL của hợp đồng vượt giới hạn");

    /// <summary>The result's columns are not the contract's.</summary>
    public static readonly ErrorCode ColumnsDiffer = new("OD2256", "Result columns differ from the contract", "Cột kết quả khác hợp đồng");

    /// <summary>A value does not fit the declared type exactly.</summary>
    public static readonly ErrorCode LossyValue = new("OD2257", "A derived value does not fit its column exactly", "Giá trị dẫn xuất không khớp chính xác kiểu cột");

    /// <summary>The engine could not run the query.</summary>
    public static readonly ErrorCode QueryFailed = new("OD2258", "The derived query failed", "Truy vấn dẫn xuất thất bại");

    /// <summary>A column of the result cannot be traced to its parents.</summary>
    public static readonly ErrorCode LineageLost = new("OD2259", "The origin of a derived column cannot be traced", "Không xác định được nguồn gốc của cột dẫn xuất");
}
