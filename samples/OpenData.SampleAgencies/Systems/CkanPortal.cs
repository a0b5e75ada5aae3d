using System.Text.Json;
using System.Text.Json.Nodes;

namespace OpenData.SampleAgencies.Systems;

/// <summary>A small CKAN portal: of its action API <c>package_show</c> and <c>datastore_search</c>, by GET and POST, and its ways of saying no.</summary>
internal sealed class CkanPortal(World world)
{
    private const string Package = "tem-truy-xuat-nguon-goc";

    private readonly IReadOnlyList<CkanTable> _tables = [new Traceability(world).Table()];

    /// <summary>Maps <c>/ckan/api/3/action/{name}</c> and, without a version, <c>/ckan/api/action/{name}</c>.</summary>
    public void Map(IEndpointRouteBuilder routes, string token)
    {
        foreach (var path in new[] { "/ckan/api/3/action/{name}", "/ckan/api/action/{name}" })
        {
            routes.MapMethods(path, ["GET", "POST"], (HttpContext context, string name) => AnswerAsync(context, name, token));
        }
    }

    private async Task<IResult> AnswerAsync(HttpContext context, string name, string token)
    {
        if (name is not ("package_show" or "datastore_search"))
        {
            return Json($"Bad request - Action name not known: {name}", StatusCodes.Status400BadRequest);
        }

        var request = context.Request;
        var answer = new JsonObject { ["help"] = $"{request.Scheme}://{request.Host}/ckan/api/3/action/help_show?name={name}" };
        try
        {
            var question = HttpMethods.IsGet(request.Method) ? Question(request.Query) : await JsonNode.ParseAsync(request.Body) as JsonObject;
            if (question is null)
            {
                return Json("Bad request - JSON Error: Request data JSON decoded to a value that needs to be a dictionary.", StatusCodes.Status400BadRequest);
            }

            // CKAN takes the bare token; whoever shows another one is nobody.
            var isKnown = string.Equals(request.Headers.Authorization, token, StringComparison.Ordinal);
            var result = name == "package_show" ? PackageShow(question, isKnown) : Search(context, question, isKnown);
            (answer["success"], answer["result"]) = (true, result);
            return Json(answer, StatusCodes.Status200OK);
        }
        catch (CkanProblem problem)
        {
            (answer["success"], answer["error"]) = (false, problem.Error);
            return Json(answer, problem.Status);
        }
        catch (JsonException)
        {
            return Json("Bad request - JSON Error: Error decoding JSON data.", StatusCodes.Status400BadRequest);
        }
    }

    private JsonObject Search(HttpContext context, JsonObject question, bool isKnown)
    {
        var request = context.Request;
        var result = CkanSearch.Answer(_tables, question, HttpMethods.IsGet(request.Method) ? request.Path + request.QueryString.Value : null, isKnown);
        result["total"] = result["total"]!.GetValue<int>() + Faults.Lie(context); // Answer writes it
        return result;
    }

    private JsonObject PackageShow(JsonObject question, bool isKnown)
    {
        var id = question["id"]?.ToString() ?? throw CkanProblem.Invalid("id", "Missing value");
        if (id != Package)
        {
            throw CkanProblem.NotFound("Not found");
        }

        return isKnown
            ? new JsonObject
            {
                ["id"] = "0b9d2f7a-61d5-4c07-8f0e-2f4d5a1c3e77",
                ["name"] = Package,
                ["private"] = true,
                ["state"] = "active",
                ["type"] = "dataset",
                ["num_resources"] = _tables.Count,
                ["resources"] = new JsonArray([.. _tables.Select(t => new JsonObject { ["id"] = t.ResourceId, ["datastore_active"] = true, ["format"] = "CSV", ["state"] = "active" })]),
            }
            : throw CkanProblem.Denied($"User  not authorized to read package {Package}");
    }

    private static JsonObject Question(IQueryCollection query)
    {
        var question = new JsonObject();
        foreach (var (name, values) in query)
        {
            question[name] = values.Count == 1 ? values[0] : new JsonArray([.. values.Select(v => JsonValue.Create(v))]);
        }

        return question;
    }

    // As CKAN writes it: every letter beyond ASCII escaped.
    private static IResult Json(JsonNode body, int status) => Results.Text(body.ToJsonString(), "application/json;charset=utf-8", statusCode: status);
}
