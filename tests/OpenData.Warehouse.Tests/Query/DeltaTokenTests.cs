using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Query;

namespace OpenData.Warehouse.Tests.Query;

public sealed class DeltaTokenTests
{
    private static readonly DeltaToken Start = new("20261122T023015123Z-1a2b3c4d", null, 0, PageToken.HashOf("trees", "a eq 1"));

    [Fact]
    public void A_token_comes_back_as_it_was()
    {
        var later = Start with { To = "20261123T023015123Z-1a2b3c4d", Position = 70_000 };
        Assert.Equal(Start, DeltaToken.Parse(Start.ToString()));
        Assert.Equal(later, DeltaToken.Parse(later.ToString()));
        var tracked = new PageToken(Start.From, 7, true, 3, 4, null) { TracksChanges = true };
        Assert.Equal(tracked, PageToken.Parse(tracked.ToString()));
    }

    [Fact]
    public void A_damaged_one_a_guess_and_the_token_of_a_page_are_refused()
    {
        var text = Start.ToString();
        var wrong = Enumerable.Range(0, text.Length)
            .Select(i => text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..])
            .Concat([text[..^1], text + "A", "", "=", "A", " " + text, new string('A', 4_000), new PageToken(Start.From, 7, false, 0, 0, null).ToString(), (Start with { Position = -1 }).ToString()]);
        foreach (var token in wrong)
        {
            Assert.Equal(QueryErrors.BadPageToken, Assert.Throws<OpenDataException>(() => DeltaToken.Parse(token)).Code);
        }

        Assert.Throws<OpenDataException>(() => PageToken.Parse(text));
    }

    [Fact]
    public void It_is_bound_to_its_query()
    {
        Start.RequireQuery(PageToken.HashOf("trees", "a eq 1"));
        Assert.Equal(QueryErrors.BadPageToken, Assert.Throws<OpenDataException>(() => Start.RequireQuery(PageToken.HashOf("trees", "a eq 2"))).Code);
    }
}
