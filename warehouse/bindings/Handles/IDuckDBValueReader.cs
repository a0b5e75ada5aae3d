namespace DuckDB.NET.Native;

/// <summary>A parameter of a table function, read as a CLR type.</summary>
public interface IDuckDBValueReader
{
    bool IsNull();

    T GetValue<T>();
}
