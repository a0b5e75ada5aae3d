namespace OpenData.Portal.OData;

/// <summary>What an answer says of itself before its body.</summary>
/// <param name="Version">OData version.</param>
/// <param name="LastModified">When the version of the dataset was published, as a header.</param>
/// <param name="Tag">Weak tag; null when the answer depends on the clock and is nobody's to keep.</param>
/// <param name="CacheControl">Who may keep it, and how long.</param>
internal sealed record AnswerHead(string Version, string LastModified, string? Tag, string CacheControl)
{
    /// <summary>What is told of the caller's preferences; null when nothing is.</summary>
    public string? PreferenceApplied { get; init; }

    /// <summary>Sets the headers; true when the answer ends here: the caller has it (304).</summary>
    public bool IsEnough(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers["OData-Version"] = Version;
        headers.LastModified = LastModified;
        headers.CacheControl = CacheControl;
        if (PreferenceApplied is not null)
        {
            headers["Preference-Applied"] = PreferenceApplied;
        }

        if (Tag is null)
        {
            return false;
        }

        headers.ETag = Tag;
        if (!SmallAnswer.CallerHas(context.Request, Tag))
        {
            return false;
        }

        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
