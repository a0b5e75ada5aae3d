using System.Text;

namespace OpenData.Benchmarks;

/// <summary>What came back.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="BodyBytes">Bytes of the body, frames of chunks not counted.</param>
/// <param name="Head">Status line and headers.</param>
internal readonly record struct LoadAnswer(int Status, long BodyBytes, byte[] Head)
{
    /// <summary>Value of a header; empty when it is not there.</summary>
    public string Header(string name) => Encoding.ASCII.GetString(LoadClient.Header(Head, Encoding.ASCII.GetBytes(name)));
}
