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
}
