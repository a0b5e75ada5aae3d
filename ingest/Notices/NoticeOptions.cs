using System.Globalization;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Ingest.Runs;

namespace OpenData.Ingest.Notices;

/// <summary>Whom the worker tells of what went wrong. Nothing is told unless one of the ways is set.</summary>
public sealed record NoticeOptions
{
    private const int KeyBytesMin = 24;
    private const int KeyBytesMax = 64;
    private const string KeyPrefix = "whsec_";

    /// <summary>Address that gets signed messages (<c>NOTIFY_WEBHOOK_URL</c>); null for none. A private one must be allow-listed.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>Key of the signature (<c>NOTIFY_WEBHOOK_SECRET</c>): <c>whsec_</c> and 24 to 64 bytes in base64.</summary>
    public ReadOnlyMemory<byte> WebhookKey { get; init; }

    /// <summary>Absolute path of the folder for e-mail files (<c>NOTIFY_MAIL_FOLDER</c>); null for none.</summary>
    public string? MailFolder { get; init; }

    /// <summary>Sender of the e-mails (<c>NOTIFY_MAIL_FROM</c>).</summary>
    public string? MailFrom { get; init; }

    /// <summary>Receivers of the e-mails (<c>NOTIFY_MAIL_TO</c>), separated by commas.</summary>
    public string? MailTo { get; init; }

    /// <summary>Runs in a row that fail before people are told (<c>NOTIFY_AFTER_FAILURES</c>), 1 to 100. Default 1.</summary>
    public int AfterFailures { get; init; } = 1;

    /// <summary>Reads the options.</summary>
    /// <exception cref="OpenDataException"><see cref="RunErrors.BadSetting"/> naming what is wrong, never its value.</exception>
    public static NoticeOptions From(Func<string, string?> setting)
    {
        var url = Text(setting, "NOTIFY_WEBHOOK_URL");
        var folder = Text(setting, "NOTIFY_MAIL_FOLDER");
        return new NoticeOptions
        {
            WebhookUrl = url is null ? null : Address(url),
            WebhookKey = url is null ? default : Key(Text(setting, "NOTIFY_WEBHOOK_SECRET")),
            MailFolder = folder is null ? null : Path.GetFullPath(folder),
            MailFrom = folder is null ? null : Mailboxes(setting, "NOTIFY_MAIL_FROM"),
            MailTo = folder is null ? null : Mailboxes(setting, "NOTIFY_MAIL_TO"),
            AfterFailures = Failures(Text(setting, "NOTIFY_AFTER_FAILURES")),
        };
    }

    private static Uri Address(string text)
        => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0
            ? url
            : throw Bad("NOTIFY_WEBHOOK_URL phải là địa chỉ http hoặc https, không kèm mật khẩu.", "NOTIFY_WEBHOOK_URL must be an http or https address without a password.");

    private static byte[] Key(string? text)
    {
        var key = new byte[KeyBytesMax];
        return text is not null && text.StartsWith(KeyPrefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[KeyPrefix.Length..], key, out var length) && length >= KeyBytesMin
            ? key[..length]
            : throw Bad(
                "NOTIFY_WEBHOOK_SECRET phải là whsec_ và 24 đến 64 byte ở dạng base64.", "NOTIFY_WEBHOOK_SECRET must be whsec_ and 24 to 64 bytes in base64.");
    }

    private static string Mailboxes(Func<string, string?> setting, string name)
        => Text(setting, name) is { } text && text.Split(',').All(m => System.Net.Mail.MailAddress.TryCreate(m.Trim(), out _))
            ? text
            : throw Bad($"{name} phải là địa chỉ thư điện tử.", $"{name} must be an e-mail address.");

    private static int Failures(string? text)
        => text is null ? 1
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 100 ? number
            : throw Bad("NOTIFY_AFTER_FAILURES phải là số nguyên từ 1 đến 100.", "NOTIFY_AFTER_FAILURES must be a whole number from 1 to 100.");

    private static string? Text(Func<string, string?> setting, string name) => setting(name) is { Length: > 0 } value ? value : null;

    private static OpenDataException Bad(string vi, string en) => new(RunErrors.BadSetting, new LocalText(vi, en));
}
