using System.Text.Json.Nodes;
using OpenData.Catalogs;

namespace OpenData.Portal.Api.Description;

/// <summary>A parameter of an address, as OpenAPI describes it.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Meaning">What it does.</param>
/// <param name="Schema">What it takes.</param>
internal sealed record Option(string Name, LocalText Meaning, JsonObject Schema)
{
    /// <summary>Where it stands: <c>query</c>, <c>path</c> or <c>header</c>.</summary>
    public string In { get; init; } = "query";

    /// <summary>A version to answer from, on every path with rows.</summary>
    public static Option AsOf { get; } = Text("asof", new LocalText(
        "Tên phiên bản, một thời điểm kèm múi giờ, hoặc một ngày; bỏ trống là phiên bản hiện hành.",
        "A version's name, an instant with offset, or a day; the current version when absent."));

    public static Option Text(string name, LocalText meaning) => new(name, meaning, new JsonObject { ["type"] = "string" });

    public static Option Number(string name, LocalText meaning) => new(name, meaning, new JsonObject { ["type"] = "integer", ["minimum"] = 0 });

    public static Option Choice(string name, LocalText meaning, IEnumerable<string> values)
        => new(name, meaning, new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]) });

    public JsonObject ToJson(string language)
    {
        var parameter = new JsonObject { ["name"] = Name, ["in"] = In, ["description"] = Meaning.For(language) };
        if (In == "path")
        {
            parameter["required"] = true;
        }

        parameter["schema"] = Schema.DeepClone();
        return parameter;
    }
}
