namespace OpenData.Catalogs.Tests;

public sealed class ContractEditTests
{
    private const string Flow = """
        dataset: units   # kept
        columns:
          # the key
          - { name: id, type: integer }   # a remark
          - { name: name, type: text }    # the last
        load: replace

        """;

    private const string Block = """
        columns:
          - name: id
            type: integer
          - name: name
            from: ten
            type: text

        keep: { versions: 3 }
        """;

    [Fact]
    public void A_new_column_comes_after_the_last_and_everything_else_stays_as_it_was_written()
        => Assert.Equal(
            Flow.Replace("# the last\n", "# the last\n  - { name: fee, type: integer }\n", StringComparison.Ordinal),
            ContractEdit.AddColumn(Flow, "{ name: fee, type: integer }"));

    [Fact]
    public void A_new_column_comes_after_a_column_of_several_lines()
        => Assert.Equal(
            Block.Replace("type: text\n", "type: text\n  - { name: fee, type: integer }\n", StringComparison.Ordinal),
            ContractEdit.AddColumn(Block, "{ name: fee, type: integer }"));

    [Fact]
    public void A_file_without_a_last_line_end_and_one_with_line_ends_of_Windows_keep_their_habits()
    {
        Assert.Equal("columns:\n- { name: a }\n- { name: b }\n", ContractEdit.AddColumn("columns:\n- { name: a }", "{ name: b }"));
        Assert.Equal("columns:\r\n  - { name: a }\r\n  - { name: b }\r\n", ContractEdit.AddColumn("columns:\r\n  - { name: a }\r\n", "{ name: b }"));
    }

    [Fact]
    public void Another_source_name_is_written_where_the_old_one_stood_or_after_the_name()
    {
        Assert.Equal(Block.Replace("from: ten", "from: \"tên\"", StringComparison.Ordinal), ContractEdit.Rename(Block, "name", "\"tên\""));
        Assert.Equal(Block.Replace("name: id\n", "name: id\n    from: \"mã\"\n", StringComparison.Ordinal), ContractEdit.Rename(Block, "id", "\"mã\""));
        Assert.Equal(Flow.Replace("name: id,", "name: id, from: \"mã\",", StringComparison.Ordinal), ContractEdit.Rename(Flow, "id", "\"mã\""));
    }

    [Theory]
    [InlineData("columns: [ { name: a } ]\n")]
    [InlineData("columns: [\n")]
    [InlineData("load: replace\n")]
    [InlineData("")]
    public void A_layout_that_cannot_be_edited_at_one_place_is_left_to_a_person(string yaml)
    {
        Assert.Null(ContractEdit.AddColumn(yaml, "{ name: b }"));
        Assert.Null(ContractEdit.Rename(yaml, "b", "c"));
    }

    [Fact]
    public void A_column_that_is_not_there_has_no_other_name() => Assert.Null(ContractEdit.Rename(Flow, "fee", "x"));

    [Fact]
    public void The_diff_shows_the_changed_lines_between_three_that_stay()
    {
        Assert.Equal(
            """
            --- datasets/units.yaml
            +++ datasets/units.yaml
            @@ -3,5 +3,6 @@
               # the key
               - { name: id, type: integer }   # a remark
               - { name: name, type: text }    # the last
            +  - { name: fee }
             load: replace
             

            """.Replace("\n \n", "\n \n", StringComparison.Ordinal),
            ContractEdit.Diff("datasets/units.yaml", Flow, ContractEdit.AddColumn(Flow, "{ name: fee }")!));
        Assert.Equal("", ContractEdit.Diff("x", Flow, Flow));
    }
}
