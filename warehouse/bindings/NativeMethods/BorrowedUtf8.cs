using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

/// <summary>Copies a <c>const char*</c> that stays DuckDB's. Null becomes the empty string.</summary>
[CustomMarshaller(typeof(string), MarshalMode.Default, typeof(BorrowedUtf8))]
internal static class BorrowedUtf8
{
    public static string ConvertToManaged(IntPtr text) => Marshal.PtrToStringUTF8(text) ?? "";
}
