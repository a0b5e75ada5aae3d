using Microsoft.AspNetCore.Components;
using OpenData.Portal.Pages;
using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Admin;

/// <summary>Base of the pages of the administration.</summary>
public abstract class AdminComponent : PageComponent
{
    /// <summary>The person and the token of forms.</summary>
    [Parameter]
    [EditorRequired]
    public AdminContext Admin { get; set; } = null!; // Required: every page is rendered with it.

    internal string RoleWords(IEnumerable<AccountRole> roles) => string.Join(", ", roles.Select(r => T(AdminWords.Of(r))));
}
