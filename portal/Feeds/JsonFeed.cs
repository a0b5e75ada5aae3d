using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenData.Portal.Feeds;

/// <summary>Pure: a feed as JSON Feed 1.1.</summary>
internal static class JsonFeed
{
    public const string MediaType = "application/feed+json";

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = true, NewLine = "\n" };

    /// <summary>The bytes of the document.</summary>
    public static byte[] Write(Feed feed)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", feed.Title);
            json.WriteString("home_page_url", feed.HomeUrl);
            json.WriteString("feed_url", feed.SelfUrl);
            json.WriteString("language", feed.Language);
            Authors(json, feed.Author);
            json.WriteStartArray("items");
            foreach (var item in feed.Items)
            {
                Item(json, item);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void Item(Utf8JsonWriter json, FeedItem item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Id);
        json.WriteString("url", item.Url);
        json.WriteString("title", item.Title);
        json.WriteString("content_text", item.Text);
        json.WriteString("date_published", item.PublishedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        Authors(json, item.Author);
        json.WriteStartArray("tags");
        json.WriteStringValue(item.Theme);
        json.WriteEndArray();
        if (item.ChangesUrl is { } changes)
        {
            json.WriteString("external_url", changes);
        }

        if (item.File is { } file)
        {
            json.WriteStartArray("attachments");
            json.WriteStartObject();
            json.WriteString("url", file.Url);
            json.WriteString("mime_type", file.MediaType);
            json.WriteNumber("size_in_bytes", file.Bytes);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void Authors(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray("authors");
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
