using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace DuckDB.NET.Native;

/// <summary>Copies a <c>char*</c> that DuckDB gave us and frees it. Null becomes the empty string.</summary>
[CustomMarshaller(typeof(string), MarshalMode.Default, typeof(OwnedUtf8))]
internal static class OwnedUtf8
{
    public static string ConvertToManaged(IntPtr text) => Marshal.PtrToStringUTF8(text) ?? "";

    public static void Free(IntPtr text)
    {
        if (text != IntPtr.Zero)
        {
            NativeMethods.Helpers.DuckDBFree(text);
        }
    }
}
