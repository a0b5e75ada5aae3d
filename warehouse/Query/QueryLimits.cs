using System.ComponentModel.DataAnnotations;

namespace OpenData.Warehouse.Query;

/// <summary>Bounds of one query. Over a bound the caller gets a code and the bound's name, never a slow or cut answer.</summary>
public sealed record QueryLimits
{
    /// <summary>Greatest nesting of an expression (parentheses, functions, unary operators, chained arithmetic). Default 100.</summary>
    [Range(1, 200)]
    public int DepthMax { get; init; } = 100;

    /// <summary>Most nodes of all expressions of one option, aliases unfolded. Default 2,000.</summary>
    [Range(1, 100_000)]
    public int NodesMax { get; init; } = 2_000;

    /// <summary>Most values in the list of one <c>in</c>. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int ListMax { get; init; } = 1_000;

    /// <summary>Most terms of an <c>$orderby</c>. Default 20.</summary>
    [Range(1, 100)]
    public int OrderTermsMax { get; init; } = 20;

    /// <summary>Most columns that one query computes. Default 20.</summary>
    [Range(1, 100)]
    public int ComputedMax { get; init; } = 20;

    /// <summary>Most transformations of an <c>$apply</c>. Default 20.</summary>
    [Range(1, 100)]
    public int TransformationsMax { get; init; } = 20;

    /// <summary>Most relations of an <c>$expand</c>, all levels together. Default 10.</summary>
    [Range(1, 100)]
    public int ExpandedMax { get; init; } = 10;

    /// <summary>Most levels of an <c>$expand</c>. Default 3.</summary>
    [Range(1, 10)]
    public int ExpandLevelsMax { get; init; } = 3;

    /// <summary>Most relations of one path (<c>/set(key)/relation/relation</c>). Default 10.</summary>
    [Range(1, 100)]
    public int PathRelationsMax { get; init; } = 10;

    /// <summary>Most related rows of one page, all relations together. Default 100,000.</summary>
    [Range(1, 10_000_000)]
    public int ExpandedRowsMax { get; init; } = 100_000;

    /// <summary>Most bytes of JSON of one relation's rows on a page. Default 16,777,216 (16 MiB).</summary>
    [Range(1_000, 1_000_000_000)]
    public int ExpandedBytesMax { get; init; } = 16_777_216;

    /// <summary>
    /// Most bytes of text that the functions of one expression make of one row, all steps together, a column's text taken for 256. The engine
    /// makes it for two thousand rows at once and counts it nowhere. Default 131,072.
    /// </summary>
    [Range(1_000, 10_000_000)]
    public int MadeTextMax { get; init; } = 131_072;

    /// <summary>Most characters of one option's text. Default 16,384.</summary>
    [Range(1, 1_000_000)]
    public int TextCharsMax { get; init; } = 16_384;

    /// <summary>Most characters of a regular expression. Default 512.</summary>
    [Range(1, 10_000)]
    public int PatternCharsMax { get; init; } = 512;

    /// <summary>Most characters of the SQL that one query may become. Default 262,144.</summary>
    [Range(1_000, 10_000_000)]
    public int SqlCharsMax { get; init; } = 262_144;

    /// <summary>Rows of a page when the caller does not say. Default 1,000.</summary>
    [Range(1, 1_000_000)]
    public int PageRows { get; init; } = 1_000;

    /// <summary>Most rows of a page. Default 50,000.</summary>
    [Range(1, 1_000_000)]
    public int PageRowsMax { get; init; } = 50_000;

    /// <summary>Most rows that can be paged in an order of the caller's choice; more asks for a filter. Default 5,000,000.</summary>
    [Range(1, 100_000_000)]
    public int OrderedRowsMax { get; init; } = 5_000_000;

    /// <summary>Bytes that all kept orders together may take. Default 134,217,728 (128 MiB).</summary>
    [Range(1_000_000, 10_000_000_000)]
    public long OrderedBytesMax { get; init; } = 134_217_728;

    /// <summary>Bytes that one result of transformations may take while its pages are read; larger ones are made anew for each page. Default 33,554,432 (32 MiB).</summary>
    [Range(1_000, 1_000_000_000)]
    public int ResultBytesMax { get; init; } = 33_554_432;

    /// <summary>Bytes that all such results together may take. Default 134,217,728 (128 MiB).</summary>
    [Range(1_000_000, 10_000_000_000)]
    public long ResultsBytesMax { get; init; } = 134_217_728;
}
