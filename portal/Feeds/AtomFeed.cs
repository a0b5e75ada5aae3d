using System.Globalization;
using System.Text;
using System.Xml;

namespace OpenData.Portal.Feeds;

/// <summary>Pure: a feed as Atom (RFC 4287).</summary>
internal static class AtomFeed
{
    public const string MediaType = "application/atom+xml";

    private const string Atom = "http://www.w3.org/2005/Atom";

    /// <summary>The bytes of the document.</summary>
    public static byte[] Write(Feed feed)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteAttributeString("xml", "lang", null, feed.Language);
            Element(xml, "id", feed.SelfUrl);
            Element(xml, "title", feed.Title);
            Element(xml, "updated", Time(feed.Items.Count == 0 ? DateTimeOffset.UnixEpoch : feed.Items[0].PublishedAt));
            Author(xml, feed.Author);
            Link(xml, "self", feed.SelfUrl, MediaType);
            Link(xml, "alternate", feed.HomeUrl, "text/html");
            foreach (var item in feed.Items)
            {
                Entry(xml, item);
            }

            xml.WriteEndElement();
        }

        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    private static void Entry(XmlWriter xml, FeedItem item)
    {
        xml.WriteStartElement("entry", Atom);
        Element(xml, "id", item.Id);
        Element(xml, "title", item.Title);
        Element(xml, "updated", Time(item.PublishedAt));
        Element(xml, "published", Time(item.PublishedAt));
        Author(xml, item.Author);
        xml.WriteStartElement("category", Atom);
        xml.WriteAttributeString("term", Clean(item.Theme));
        xml.WriteEndElement();
        Link(xml, "alternate", item.Url, "text/html");
        if (item.ChangesUrl is { } changes)
        {
            Link(xml, "related", changes, "application/json");
        }

        if (item.File is { } file)
        {
            Link(xml, "enclosure", file.Url, file.MediaType, file.Bytes);
        }

        Element(xml, "summary", item.Text);
        xml.WriteEndElement();
    }

    private static void Author(XmlWriter xml, string name)
    {
        xml.WriteStartElement("author", Atom);
        Element(xml, "name", name);
        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string address, string type, long? bytes = null)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        if (bytes is { } length)
        {
            xml.WriteAttributeString("length", length.ToString(CultureInfo.InvariantCulture));
        }

        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Atom, Clean(text));

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Without what XML 1.0 has no way to write.</summary>
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            // A half of a surrogate pair comes out of the enumeration as U+FFFD.
            if (!rune.IsBmp || XmlConvert.IsXmlChar((char)rune.Value))
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }
}
