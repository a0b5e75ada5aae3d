using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace OpenData.Portal.Api;

/// <summary>The OpenAPI description and its page at <c>/swagger</c>.</summary>
internal static class ApiDescription
{
    /// <summary>Adds JSON rules of the API and the generator of its description.</summary>
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
        });
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(generator =>
        {
            generator.SwaggerDoc("v1", new OpenApiInfo
            {
                Title = "OpenData",
                Version = "v1",
                Description = "Catalogue, versions, quality and runs of the open datasets. No key is needed. Rows: OData at /odata/, whole tables at /datasets/{id}.{csv|json|parquet}. "
                    + "Failures are RFC 9457 problem details with a stable code; Accept-Language vi or en chooses the language of their sentences.",
            });
            generator.SupportNonNullableReferenceTypes();
            generator.NonNullableReferenceTypesAsRequired();
            generator.DocumentFilter<ReadingOnly>();
            generator.OperationFilter<QueryParameters>();
            generator.IncludeXmlComments(Path.Combine(AppContext.BaseDirectory, "OpenData.Portal.xml"));
            generator.IncludeXmlComments(Path.Combine(AppContext.BaseDirectory, "OpenData.Catalogs.xml"));
        });
        return services;
    }

    /// <summary>Maps <c>/swagger/v1/swagger.json</c> and the page; its files come from this process.</summary>
    public static void UseApiDescription(this WebApplication app)
    {
        app.UseSwagger();
        app.UseSwaggerUI(page =>
        {
            page.SwaggerEndpoint("v1/swagger.json", "OpenData v1");
            page.DocumentTitle = "OpenData API";
        });
    }

    private sealed class QueryParameters : IOperationFilter
    {
        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            foreach (var parameter in context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<QueryParameter>())
            {
                operation.Parameters ??= [];
                operation.Parameters.Add(new OpenApiParameter
                {
                    Name = parameter.Name,
                    In = ParameterLocation.Query,
                    Description = parameter.Description,
                    Schema = new OpenApiSchema { Type = parameter.IsNumber ? JsonSchemaType.Integer : JsonSchemaType.String },
                    Example = parameter.Example,
                });
            }
        }
    }

    /// <summary>HEAD answers wherever GET does; one operation an address is enough to read.</summary>
    private sealed class ReadingOnly : IDocumentFilter
    {
        public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
        {
            foreach (var path in swaggerDoc.Paths.Values)
            {
                path.Operations?.Remove(HttpMethod.Head);
            }
        }
    }
}
