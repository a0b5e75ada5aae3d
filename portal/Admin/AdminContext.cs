using Microsoft.AspNetCore.Antiforgery;
using OpenData.Portal.Access;
using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Admin;

/// <summary>What every page of the administration knows of its request besides the <see cref="Pages.PageContext"/>.</summary>
/// <param name="Account">Who has signed in; null before.</param>
/// <param name="FieldName">Name of the hidden field of forms.</param>
/// <param name="FormToken">Its value, bound to browser and person.</param>
public sealed record AdminContext(Account? Account, string FieldName, string FormToken)
{
    /// <summary>Reads the context of a request and gives the browser the cookie that belongs to the token.</summary>
    public static AdminContext Of(HttpContext context)
    {
        var tokens = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
        return new AdminContext(context.Features.Get<SignedIn>()?.Account, tokens.FormFieldName, tokens.RequestToken ?? "");
    }
}
