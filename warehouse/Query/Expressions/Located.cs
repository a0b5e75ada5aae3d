using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>Failures of reading a text know the text, so that they can show the place.</summary>
internal static class Located
{
    /// <summary>What the reading gives.</summary>
    public static T In<T>(string text, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (OpenDataException failure)
        {
            failure.LiesIn(text);
            throw;
        }
    }

    /// <summary>What the reading gives of a text that is a part of another; places count in the whole, but for those in an alias.</summary>
    /// <param name="text">The part.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="read">Reads it.</param>
    public static T Within<T>(string text, int start, Func<string, T> read)
    {
        try
        {
            return read(text);
        }
        catch (OpenDataException failure) when (failure.Position is { } position && (failure.Text ?? text) == text)
        {
            throw new OpenDataException(failure.Code, failure.Detail, start + position, failure.Suggestion, failure.InnerException);
        }
    }
}
