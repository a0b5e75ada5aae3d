using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Tests.Query;

public sealed class PageTokenTests
{
    private static readonly PageToken Token = new("20261122T023015123Z-1a2b3c4d", PageToken.HashOf("trees", "a eq 1", null), false, 999, 1_000, null);

    [Fact]
    public void A_token_comes_back_as_it_was()
    {
        var timed = Token with { Now = new DateTimeOffset(2026, 11, 22, 4, 30, 0, TimeSpan.Zero).AddTicks(1) };
        Assert.Equal(Token, PageToken.Parse(Token.ToString()));
        Assert.Equal(timed, PageToken.Parse(timed.ToString()));
    }

    [Fact]
    public void A_token_knows_the_versions_of_other_datasets()
    {
        var token = PageToken.Parse((Token with { Related = PageToken.RelatedOf([("areas", "20261101T000000Z-1"), ("area", "20261102T000000Z-2")]) }).ToString());

        Assert.Equal("20261101T000000Z-1", token.VersionOf("areas"));
        Assert.Equal("20261102T000000Z-2", token.VersionOf("area"));
        Assert.Null(token.VersionOf("are"));
        Assert.Equal(Token.Version, token.Version);
    }

    [Fact]
    public void Every_changed_character_is_found()
    {
        var text = Token.ToString();
        for (var i = 0; i < text.Length; i++)
        {
            var changed = text.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Refuses(new string(changed));
            Refuses(text[..i]);
            Refuses(text.Insert(i, "A"));
        }

        Refuses(text + "=");
        Refuses(" " + text);
        Refuses(new string('A', 10_000));
        Refuses("đ");
    }

    [Fact]
    public void A_token_of_another_query_is_refused()
    {
        Token.RequireQuery(PageToken.HashOf("trees", "a eq 1", null));
        Assert.Equal(
            QueryErrors.BadPageToken,
            Assert.Throws<OpenDataException>(() => Token.RequireQuery(PageToken.HashOf("trees", "a eq 2", null))).Code);
        Assert.NotEqual(PageToken.HashOf("ab", "c"), PageToken.HashOf("a", "bc"));
        Assert.NotEqual(PageToken.HashOf("a", null), PageToken.HashOf("a", ""));
    }

    [Fact]
    public void The_hash_of_a_query_stays_what_it_was_since_callers_keep_their_tokens()
        => Assert.Equal(1252698281123415871UL, PageToken.HashOf("trees", "a eq 'Bàng'", null));

    private static void Refuses(string text)
        => Assert.Equal(QueryErrors.BadPageToken, Assert.Throws<OpenDataException>(() => PageToken.Parse(text)).Code);
}
