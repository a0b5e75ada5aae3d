using FsCheck;
using FsCheck.Fluent;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Query.Expressions;
using OpenData.Warehouse.Tests.Engine;

namespace OpenData.Warehouse.Tests.Query;

public sealed class SearchTests : IDisposable
{
    private static readonly string[] Rows =
    [
        "Chợ Đồng Quang\nthành phố Thái Nguyên",
        "Hòa Bình, số 12/5",
        "Kỹ thuật số",
        "Quyết định 278/2025/NĐ-CP",
        "C++ (nâng cao) 100% *",
        "nước mắm Phú Quốc\nchợ đêm",
        "Đồng\nQuang",
        "",
    ];

    private readonly DuckDbEngine _engine = DuckDbEngine.InMemory(EngineFixture.Options);

    public SearchTests() => Fill(Rows);

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("hoà bình", 1)]
    [InlineData("HOA BINH", 1)]
    [InlineData("hòa", 1)]
    [InlineData("kĩ", 2)]
    [InlineData("ky thuat", 2)]
    [InlineData("dong", 0, 6)]
    [InlineData("đồng", 0, 6)]
    [InlineData("Đổng", 0, 6)]
    [InlineData("NƯỚC", 5)]
    [InlineData("nuoc mam", 5)]
    [InlineData("cho\u031B\u0323", 0, 5)]
    public void Tones_marks_case_and_the_choice_of_y_or_i_do_not_matter(string search, params int[] rows) => Finds(search, rows);

    [Theory]
    [InlineData("qua", 0, 6)] // the beginning of a word
    [InlineData("uang")] // its middle is none
    [InlineData("dong quang", 0, 6)] // all words, in whatever column
    [InlineData("quang dong", 0, 6)]
    [InlineData("dong AND quang", 0, 6)]
    [InlineData("\"dong quang\"", 0)] // a phrase stands in one column
    [InlineData("\"quang dong\"")]
    [InlineData("\"dong qua\"")] // and has whole words
    [InlineData("\"thai   nguyen\"", 0)]
    [InlineData("hoa OR nuoc", 1, 5)]
    [InlineData("cho NOT dem", 0)]
    [InlineData("NOT cho", 1, 2, 3, 4, 6, 7)]
    [InlineData("NOT NOT cho", 0, 5)]
    [InlineData("'cho dem'", 5)] // typed into a box: words, and signs that mean nothing
    [InlineData("  'dem  CHO' ", 5)]
    [InlineData("'NOT cho'")]
    [InlineData("'(nang'", 4)]
    [InlineData("'\"'")]
    [InlineData("hoa OR cho dem", 1, 5)] // and binds tighter than or
    [InlineData("(hoa OR cho) dem", 5)]
    [InlineData("(hoa OR cho) AND NOT (dem OR binh)", 0)]
    [InlineData("278/2025/NĐ-CP", 3)]
    [InlineData("2025/nd", 3)]
    [InlineData("12/5", 1)]
    [InlineData("c++", 4)]
    [InlineData("100%", 4)]
    [InlineData("*", 4)]
    [InlineData(".")] // a sign, not any letter
    [InlineData("c.+")]
    [InlineData("and")] // small letters are words
    [InlineData("AND")] // and so is an operator with nothing beside it
    [InlineData("NOT")]
    [InlineData("OR cho")]
    public void Words_phrases_and_operators_mean_what_OData_says(string search, params int[] rows) => Finds(search, rows);

    [Theory]
    [InlineData("", 0)]
    [InlineData("  ", 2)]
    [InlineData("\"cho", 4)]
    [InlineData("(cho", 4)]
    [InlineData("cho)", 3)]
    [InlineData("()", 1)]
    [InlineData("'  '", 1)]
    [InlineData("cho(dem)", 3)]
    [InlineData("\"\"", 0)]
    [InlineData("\" \u0301\"", 0)]
    [InlineData("\"blue\"green", 6)]
    [InlineData("cho OR (", 8)]
    public void What_is_no_search_is_refused_with_its_place(string search, int position)
    {
        var refused = Assert.Throws<OpenDataException>(() => SearchParser.Parse(search, new QueryLimits()));

        Assert.Equal(QueryErrors.Malformed, refused.Code);
        Assert.Equal(position, refused.Position);
    }

    [Fact]
    public void Long_and_deep_searches_are_bounded()
    {
        var limits = new QueryLimits();
        foreach (var search in new[]
        {
            new string('a', limits.PatternCharsMax + 1),
            new string('(', 5_000) + "a",
            string.Concat(Enumerable.Repeat("NOT ", 3_000)) + "a",
            string.Concat(Enumerable.Repeat("a ", limits.NodesMax + 1)),
        })
        {
            Assert.Equal(QueryErrors.TooComplex, Assert.Throws<OpenDataException>(() => SearchParser.Parse(search, limits)).Code);
        }

        // Alternatives are flat, however many.
        Assert.NotNull(SearchParser.Parse(string.Join(" OR ", Enumerable.Repeat("a", 1_000)), limits));
    }

    [Fact]
    public void A_dataset_without_searchable_columns_says_so()
    {
        var contract = SampleContract.Make();
        var scope = new QueryScope(contract, new QueryLimits(), DateTimeOffset.UnixEpoch);

        Assert.Equal(QueryErrors.NotSupported, Assert.Throws<OpenDataException>(() => scope.Search("a")).Code);
        contract = contract with { Columns = [.. contract.Columns.Select(c => c.Name == "name" ? c with { Search = true } : c)] };
        Assert.IsType<BoundExpression.Search>(new QueryScope(contract, new QueryLimits(), DateTimeOffset.UnixEpoch).Search("a"));
    }

    [Fact]
    public void Any_words_are_found_where_a_plain_reading_finds_them()
    {
        var letter = Gen.Elements([.. "abđeêơy12 -./'%_\\^$()[]|\n".ToCharArray()]);
        var text = letter.ListOf().Select(l => string.Concat(l));
        var word = Gen.Elements([.. "abdeyi12".ToCharArray()]).ListOf().Where(l => l.Count is > 0 and < 4).Select(l => string.Concat(l));
        var game =
            from rows in text.ListOf().Where(r => r.Count > 0)
            from words in word.ListOf().Where(w => w.Count is > 0 and < 4)
            from isPhrase in ArbMap.Default.GeneratorFor<bool>()
            select (rows, words, isPhrase);

        Prop.ForAll(game.ToArbitrary(), g =>
        {
            Fill(g.rows);
            var search = g.isPhrase ? "\"" + string.Join(' ', g.words) + "\"" : string.Join(' ', g.words);
            Finds(search, [.. Enumerable.Range(0, g.rows.Count).Where(i => Holds(g.rows[i], g.words, g.isPhrase))]);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150));
    }

    private static bool Holds(string text, IEnumerable<string> words, bool isPhrase)
    {
        var sought = words.Select(Folding.Fold).ToList();
        var columns = text.Split('\n').Select(c => WordsOf(Folding.Fold(c))).ToList();
        return isPhrase
            ? columns.Any(c => Enumerable.Range(0, Math.Max(0, c.Count - sought.Count + 1)).Any(i => c.Skip(i).Take(sought.Count).SequenceEqual(sought, StringComparer.Ordinal)))
            : sought.All(w => columns.Any(c => c.Any(x => x.StartsWith(w, StringComparison.Ordinal))));
    }

    private static List<string> WordsOf(string text)
        => [.. string.Concat(text.Select(c => char.IsLetterOrDigit(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private void Fill(IEnumerable<string> rows)
    {
        _engine.Run("CREATE OR REPLACE TABLE data (_rid BIGINT, _s VARCHAR)");
        using var connection = _engine.Connect();
        foreach (var (text, i) in rows.Select((r, i) => (r, i)))
        {
            var folded = string.Join('\n', text.Split('\n').Select(Folding.Fold));
            connection.Execute(EngineFixture.Sql("INSERT INTO data VALUES ($1, $2)", (long)i, folded.Length == 0 ? null : folded));
        }
    }

    private void Finds(string search, int[] rows)
    {
        var sql = new SqlBuilder().Append("SELECT _rid FROM data WHERE ");
        new ExpressionToSql(sql, new QueryLimits()).Condition(SearchParser.Parse(search, new QueryLimits()));
        using var connection = _engine.Connect();
        Assert.Equal(rows.Select(r => (long)r), connection.Rows(sql.Append(" ORDER BY _rid").ToSql()).Select(r => (long)r[0]!)); // never null
    }
}
