namespace OpenData.Portal.Errors;

/// <summary>Writes failures in the form that one family of routes promises: problem details, a page, OData's error body.</summary>
internal interface IErrorRenderer
{
    /// <summary>True when failures under that path are rendered here. Renderers are asked in order of registration, last first.</summary>
    bool Renders(PathString path);

    /// <summary>The language in which failures under these paths are told.</summary>
    string LanguageOf(HttpRequest request) => Language.Of(request);

    /// <summary>Writes the body; status and common headers are set already. Not called for HEAD.</summary>
    Task WriteAsync(HttpContext context, ErrorView error);
}
