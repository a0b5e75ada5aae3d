using OpenData.Warehouse.Query.Expressions;
using static OpenData.Warehouse.Query.Expressions.BoundExpression;

namespace OpenData.Warehouse.Query;

/// <content>Functions of texts, times and places.</content>
internal sealed partial class ExpressionToSql
{
    /// <summary>The folded text of all searchable columns of a row, a line feed between them.</summary>
    private const string SearchColumn = "_s";

    // What .NET and Unicode call white space; DuckDB's own trim knows the space only.
    private const string WhiteSpace =
        "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";

    private void AppendCall(Call call)
    {
        switch (call.Function)
        {
            case Function.Contains:
                Simple("contains", call.Arguments);
                break;
            case Function.StartsWith:
                Simple("starts_with", call.Arguments);
                break;
            case Function.EndsWith:
                Simple("ends_with", call.Arguments);
                break;
            case Function.MatchesPattern:
                Simple("regexp_matches", call.Arguments);
                break;
            case Function.IndexOf:
                sql.Append("(");
                Simple("strpos", call.Arguments);
                sql.Append(" - 1)");
                break;
            case Function.Length:
                Simple("length", call.Arguments);
                break;
            case Function.Substring:
                AppendSubstring(call.Arguments);
                break;
            case Function.ToLower:
                Simple("lower", call.Arguments);
                break;
            case Function.ToUpper:
                Simple("upper", call.Arguments);
                break;
            case Function.Trim:
                sql.Append("trim(");
                Value(call.Arguments[0]);
                sql.Append(", ");
                Text(WhiteSpace);
                sql.Append(")");
                break;
            case Function.Concat:
                // Two texts in NFC may need it anew where they meet.
                sql.Append("nfc_normalize");
                Pair(call.Arguments[0], " || ", call.Arguments[1]);
                break;
            case Function.Round:
                Rounded("round", call);
                break;
            case Function.Floor:
                Rounded("floor", call);
                break;
            case Function.Ceiling:
                Rounded("ceil", call);
                break;
            case Function.TotalSeconds:
                sql.Append("(");
                Value(call.Arguments[0]);
                sql.Append(" * CAST(0.000001 AS DECIMAL(7,6)))");
                break;
            case Function.GeoDistance:
                AppendDistance(call.Arguments[0], call.Arguments[1]);
                break;
            default:
                AppendTimePart(call);
                break;
        }
    }

    // The plain look for the longest word is several times faster than the pattern and leaves few rows to it.
    private void AppendSearch(Search search)
    {
        sql.Append("coalesce(contains(");
        Reference(search.Of, SearchColumn);
        sql.Append(", ");
        Text(search.Words.MaxBy(w => w.Length)!); // there is one
        sql.Append(") AND regexp_matches(");
        Reference(search.Of, SearchColumn);
        sql.Append(", ");
        Text(SearchPattern.Of(search));
        sql.Append("), FALSE)");
    }

    private void AppendTimePart(Call call)
    {
        var argument = call.Arguments[0];
        switch (call.Function)
        {
            case Function.Date:
                sql.Append("CAST(");
                Local(argument, call.TimeZone);
                sql.Append(" AS DATE)");
                break;
            case Function.Time:
                sql.Append("CAST(");
                Local(argument, call.TimeZone);
                sql.Append(" AS TIME)");
                break;
            case Function.TotalOffsetMinutes:
                sql.Append("((epoch_us(");
                Local(argument, call.TimeZone);
                sql.Append(") - epoch_us(");
                Value(argument);
                sql.Append(")) // 60000000)");
                break;
            case Function.FractionalSeconds:
                sql.Append("((microsecond(");
                Local(argument, call.TimeZone);
                sql.Append(") % 1000000) * CAST(0.000001 AS DECIMAL(7,6)))");
                break;
            default:
                sql.Append(call.Function switch
                {
                    Function.Year => "year(",
                    Function.Month => "month(",
                    Function.Day => "day(",
                    Function.Hour => "hour(",
                    Function.Minute => "minute(",
                    _ => "second(",
                });
                Local(argument, call.TimeZone);
                sql.Append(")");
                break;
        }
    }

    /// <summary>An instant as the wall time of its zone; days and times of day as they are.</summary>
    private void Local(BoundExpression expression, string zone)
    {
        if (expression.Type.Kind != ValueKind.Instant)
        {
            Value(expression);
            return;
        }

        sql.Append("((");
        Value(expression);
        sql.Append(" AT TIME ZONE 'UTC') AT TIME ZONE ");
        Text(zone);
        sql.Append(")");
    }

    private void AppendSubstring(IReadOnlyList<BoundExpression> arguments)
    {
        // The greatest start that DuckDB takes; no cell is that long.
        const long far = int.MaxValue - 1;
        var (text, start) = (arguments[0], arguments[1]);
        sql.Append("substring(");
        if (start is Constant { Value: < 0L and long fromEnd })
        {
            sql.Append("right(");
            Value(text);
            sql.Append(", ").Number(Math.Min(far, -Math.Max(fromEnd, -far))).Append("), 1");
        }
        else if (start is Constant { Value: long first })
        {
            Value(text);
            sql.Append(", ").Number(Math.Min(far, first) + 1);
        }
        else
        {
            Value(text);
            sql.Append(", CASE WHEN ");
            Value(start);
            sql.Append(" < 0 THEN greatest(length(");
            Value(text);
            sql.Append(") + greatest(");
            Value(start);
            sql.Append(", -").Number(far).Append("), 0) ELSE least(");
            Value(start);
            // greatest and least pass over null; the result must not.
            sql.Append(", ").Number(far).Append(") END + 1 + (");
            Value(start);
            sql.Append(" * 0)");
        }

        if (arguments.Count == 3)
        {
            sql.Append(", greatest(0, least(").Number(far).Append(", ");
            Value(arguments[2]);
            sql.Append(")) + (");
            Value(arguments[2]);
            sql.Append(" * 0)");
        }

        sql.Append(")");
    }

    private void AppendDistance(BoundExpression from, BoundExpression to)
    {
        // Haversine on the mean Earth radius in metres.
        sql.Append("(2 * 6371008.8 * asin(least(1.0, sqrt(pow(sin(radians(");
        Coordinate(to, latitude: true);
        sql.Append(" - ");
        Coordinate(from, latitude: true);
        sql.Append(") / 2), 2) + cos(radians(");
        Coordinate(from, latitude: true);
        sql.Append(")) * cos(radians(");
        Coordinate(to, latitude: true);
        sql.Append(")) * pow(sin(radians(");
        Coordinate(to, latitude: false);
        sql.Append(" - ");
        Coordinate(from, latitude: false);
        // least passes over null; a missing point must not be half the earth away.
        sql.Append(") / 2), 2)))) + 0 * (");
        Coordinate(from, latitude: true);
        sql.Append(" + ");
        Coordinate(to, latitude: true);
        sql.Append("))");
    }

    private void Coordinate(BoundExpression point, bool latitude)
    {
        if (point is Column column)
        {
            Reference(column.Of, "_" + column.Contract.Name + (latitude ? "_lat" : "_lon"));
            return;
        }

        var value = ((Constant)point).Value is GeoPoint p ? latitude ? p.Latitude : p.Longitude : (double?)null;
        sql.Append("CAST(").Value(value).Append(" AS DOUBLE)");
    }

    private void Simple(string function, IReadOnlyList<BoundExpression> arguments)
    {
        sql.Append(function).Append("(");
        for (var i = 0; i < arguments.Count; i++)
        {
            sql.Append(i == 0 ? "" : ", ");
            Value(arguments[i]);
        }

        sql.Append(")");
    }
}
