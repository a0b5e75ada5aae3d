using System.Net.Mail;
using System.Text;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Ledger;

namespace OpenData.Ingest.Notices;

/// <summary>
/// Lays notices as e-mail files (RFC 5322, <c>.eml</c>) into a folder from which the province's mail system takes them. A file appears under its name
/// when it is whole; the same notice has the same name.
/// </summary>
internal static class MailDrop
{
    /// <summary>Writes one e-mail, Vietnamese first, English below.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    internal static void Write(Notice notice, string folder, string from, string to)
    {
        Directory.CreateDirectory(folder);
        var making = Directory.CreateDirectory(Path.Combine(folder, "." + notice.Id));
        try
        {
            using (var mail = new MailMessage(from, to, notice.Title.Vi, Text(notice)))
            using (var client = new SmtpClient { DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory, PickupDirectoryLocation = making.FullName })
            {
                mail.SubjectEncoding = Encoding.UTF8;
                mail.BodyEncoding = Encoding.UTF8;
                mail.HeadersEncoding = Encoding.UTF8;
                mail.Headers.Add("Message-ID", $"<{notice.Id}@opendata>");
                client.Send(mail);
            }

            var made = making.GetFiles("*.eml").Single();
            Durable.FlushFile(made.FullName);
            made.MoveTo(Path.Combine(folder, notice.Id + ".eml"), overwrite: true);
        }
        finally
        {
            making.Delete(recursive: true);
        }
    }

    private static string Text(Notice notice) => $"{notice.Text.Vi}\n\n--\n{notice.Title.En}\n\n{notice.Text.En}\n\n{notice.Dataset}\n";
}
