using System.Globalization;
using System.Text;
using OpenData.Warehouse.Engine;

namespace OpenData.Warehouse.Query;

/// <summary>Puts SQL together from our own literals, quoted names and bound values.</summary>
public sealed class SqlBuilder
{
    private readonly StringBuilder _text = new();
    private readonly List<object?> _values = [];

    /// <summary>Characters so far; translators hold it below their limit.</summary>
    public int Length => _text.Length;

    /// <summary>Appends a fixed piece of SQL. Callers pass constants; the tidy test looks for anything else.</summary>
    public SqlBuilder Append(string fixedSql)
    {
        _text.Append(fixedSql);
        return this;
    }

    /// <summary>Interpolated text does not compile: use <see cref="Name"/>, <see cref="Value"/> or <see cref="Number"/>.</summary>
    [Obsolete("SQL is not interpolated: use Name, Value or Number.", error: true)]
    public SqlBuilder Append(InterpolatedSql text) => throw new NotSupportedException();

    /// <summary>Appends a quoted identifier.</summary>
    public SqlBuilder Name(string identifier)
    {
        _text.Append(SqlName.Quote(identifier));
        return this;
    }

    /// <summary>Appends a placeholder bound to a value.</summary>
    public SqlBuilder Value(object? value)
    {
        _values.Add(value);
        _text.Append('$').Append(_values.Count.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Appends a whole number of our own (limits, widths), never user text.</summary>
    public SqlBuilder Number(long number)
    {
        _text.Append(number.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Appends a string literal, for statements that take no parameters (ATTACH, SET, COPY): our own paths, never user text.</summary>
    internal SqlBuilder Literal(string ownText)
    {
        _text.Append(SqlName.Literal(ownText));
        return this;
    }

    /// <summary>Appends a whole query, with its placeholders as they are: nothing may have been bound before.</summary>
    internal SqlBuilder Query(SqlText query)
    {
        if (_values.Count > 0)
        {
            throw new InvalidOperationException("The query's placeholders would count from the wrong value.");
        }

        _text.Append(query.Text);
        _values.AddRange(query.Values);
        return this;
    }

    /// <summary>The finished statement.</summary>
    public SqlText ToSql() => new(_text.ToString(), [.. _values]);
}
