using OpenData.Catalogs.Errors;

namespace OpenData.Ingest.Sources;

/// <summary>Failures between us and an agency's system. Details never name addresses, tokens or paths.</summary>
public static class SourceErrors
{
    /// <summary>No connection: name not found, refused, reset, TLS failure. Tried again.</summary>
    public static readonly ErrorCode Unreachable = new("OD2001", "Source unreachable", "Không kết nối được tới nguồn");

    /// <summary>No answer, or no byte, within the limit. Tried again.</summary>
    public static readonly ErrorCode TooSlow = new("OD2002", "Source too slow", "Nguồn phản hồi quá chậm");

    /// <summary>An HTTP status other than 2xx. 408, 425, 429 and 5xx are tried again.</summary>
    public static readonly ErrorCode Status = new("OD2003", "Source answered with an error", "Nguồn trả về lỗi");

    /// <summary>Status 401 or 403.</summary>
    public static readonly ErrorCode NotAllowed = new("OD2004", "Source refused our credentials", "Nguồn từ chối quyền truy cập");

    /// <summary>The body ended before its declared length or its end mark. Tried again.</summary>
    public static readonly ErrorCode Truncated = new("OD2005", "Body ended too early", "Dữ liệu bị cắt giữa chừng");

    /// <summary>A page for people (usually a login page) instead of data.</summary>
    public static readonly ErrorCode HtmlInsteadOfData = new("OD2006", "HTML instead of data", "Nguồn trả về trang HTML thay vì dữ liệu");

    /// <summary>Too many redirects, or one that leads to an address we do not follow.</summary>
    public static readonly ErrorCode Redirects = new("OD2007", "Redirect not followed", "Không đi theo chuyển hướng");

    /// <summary>The body is larger than the limit, or never ends.</summary>
    public static readonly ErrorCode TooLarge = new("OD2008", "Body too large", "Dữ liệu quá lớn");

    /// <summary>The source's name leads to a private or link-local address that is not allow-listed.</summary>
    public static readonly ErrorCode AddressRefused = new("OD2009", "Address refused", "Địa chỉ không được phép");

    /// <summary>A placeholder of the contract has no usable value in the configuration.</summary>
    public static readonly ErrorCode PlaceholderMissing = new("OD2010", "Setting of the source missing", "Thiếu cấu hình của nguồn");

    /// <summary>The file or folder is not there, cannot be read, or holds no file of the kind.</summary>
    public static readonly ErrorCode FileMissing = new("OD2011", "File missing", "Không tìm thấy tệp");

    /// <summary>Paging runs in a circle: the same page or address came twice.</summary>
    public static readonly ErrorCode PagesRepeat = new("OD2012", "Pages repeat", "Các trang lặp lại");

    /// <summary>The records received are not as many as the source declared.</summary>
    public static readonly ErrorCode CountMismatch = new("OD2013", "Declared and received counts differ", "Số bản ghi khai báo và nhận được khác nhau");

    /// <summary>A JSON page that cannot be read, or without the list, the total or the next address that the contract names.</summary>
    public static readonly ErrorCode PageNotReadable = new("OD2014", "Page not readable", "Không đọc được trang dữ liệu");

    /// <summary>More pages than the limit.</summary>
    public static readonly ErrorCode TooManyPages = new("OD2015", "Too many pages", "Quá nhiều trang");

    /// <summary>The source binding cannot be used: no address or path, or an address that is not http(s).</summary>
    public static readonly ErrorCode BindingUnusable = new("OD2016", "Source settings unusable", "Cấu hình nguồn không dùng được");

    /// <summary>Not one byte came.</summary>
    public static readonly ErrorCode Empty = new("OD2017", "Empty body", "Dữ liệu rỗng");

    /// <summary>The source changed while its pages were read. Read again from the first page.</summary>
    public static readonly ErrorCode PagesShifted = new("OD2018", "Source changed while it was read", "Nguồn thay đổi trong khi đang đọc");

    /// <summary>The file was written while we read it. Tried again.</summary>
    public static readonly ErrorCode FileChanged = new("OD2019", "File changed while it was read", "Tệp thay đổi trong khi đang đọc");

    /// <summary>The database has no such table, view, column or database.</summary>
    public static readonly ErrorCode DatabaseObjectMissing = new("OD2020", "Table or column missing", "Thiếu bảng hoặc cột");

    /// <summary>The database refused the statement: wrong SQL, a function that fails, an attempt to write.</summary>
    public static readonly ErrorCode QueryRefused = new("OD2021", "Query refused by the database", "Cơ sở dữ liệu từ chối câu truy vấn");

    /// <summary>The statement or the wait for a lock took longer than its limit and was stopped. Tried again.</summary>
    public static readonly ErrorCode QueryStopped = new("OD2022", "Query stopped by its time limit", "Câu truy vấn bị dừng vì quá thời hạn");

    /// <summary>A column of the database whose type has no exact form here, or that cannot carry the watermark.</summary>
    public static readonly ErrorCode ColumnUnusable = new("OD2023", "Column of the database unusable", "Cột của cơ sở dữ liệu không dùng được");

    /// <summary>A CKAN portal says that it does not take the question (<c>success: false</c>).</summary>
    public static readonly ErrorCode CkanRefused = new("OD2024", "Question refused by the CKAN portal", "Cổng CKAN từ chối câu hỏi");

    /// <summary>The token endpoint does not know our client, or gives it no token.</summary>
    public static readonly ErrorCode TokenRefused = new("OD2025", "Token refused", "Máy chủ cấp token từ chối");

    /// <summary>The token endpoint's answer holds no token of a kind that we use.</summary>
    public static readonly ErrorCode TokenUnusable = new("OD2026", "Token answer unusable", "Trả lời cấp token không dùng được");

    /// <summary>A key came on two pages of one reading. Read again from the first page.</summary>
    public static readonly ErrorCode KeyRepeats = new("OD2027", "Key on two pages", "Một khóa ở hai trang");

    /// <summary>Files of the folder are still being written. Tried again.</summary>
    public static readonly ErrorCode StillArriving = new("OD2028", "Files still arriving", "Tệp đang được ghi vào thư mục");

    /// <summary>Results of a round are not those with which its revision was published: somebody changed the state database.</summary>
    public static readonly ErrorCode ResultsDiffer = new("OD2029", "Results differ from those published", "Kết quả khác kết quả đã công bố");

    /// <summary>The answer is packed in a way that we did not ask for and do not unpack.</summary>
    public static readonly ErrorCode PackedAnswer = new("OD2040", "Answer packed unasked", "Nguồn nén dữ liệu ngoài yêu cầu");
}
