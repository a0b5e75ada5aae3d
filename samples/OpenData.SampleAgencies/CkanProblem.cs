using System.Text.Json.Nodes;

namespace OpenData.SampleAgencies;

/// <summary>How CKAN says no: its status and the members of <c>error</c>.</summary>
internal sealed class CkanProblem(int status, JsonObject error) : Exception
{
    /// <summary>HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The object <c>error</c>.</summary>
    public JsonObject Error { get; } = error;

    /// <summary>A parameter is wrong: 409.</summary>
    public static CkanProblem Invalid(string parameter, string sentence)
        => new(StatusCodes.Status409Conflict, new JsonObject { [parameter] = new JsonArray(sentence), ["__type"] = "Validation Error" });

    /// <summary>There is no such thing: 404.</summary>
    public static CkanProblem NotFound(string sentence)
        => new(StatusCodes.Status404NotFound, new JsonObject { ["__type"] = "Not Found Error", ["message"] = sentence });

    /// <summary>The token is missing or wrong: 403.</summary>
    public static CkanProblem Denied(string sentence)
        => new(StatusCodes.Status403Forbidden, new JsonObject { ["__type"] = "Authorization Error", ["message"] = "Access denied: " + sentence });
}
