using System.Text.Encodings.Web;
using System.Text.Json;

namespace OpenData.Warehouse.Staging;

/// <summary>How a proposal writes text: Vietnamese letters as themselves.</summary>
internal static class ProposalJson
{
    public static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
