using Microsoft.AspNetCore.Components;
using OpenData.Catalogs;
using OpenData.Warehouse.Ledger;

namespace OpenData.Portal.Pages;

/// <summary>Base of the pages: the request's context and the few words that all of them need. Rendered once on the server, no script.</summary>
public abstract class PageComponent : ComponentBase
{
    /// <summary>Language, links and time of this request.</summary>
    [Parameter]
    [EditorRequired]
    public PageContext Page { get; set; } = null!; // Required: every page is rendered with it.

    internal string Lang => Page.Language;

    internal string T(LocalText text) => text.For(Lang);

    internal string N(long number) => Formats.Number(number, Lang);

    internal static string StateClass(FreshnessVerdict verdict) => verdict switch
    {
        { State: FreshnessState.OnTime, LateFrom: null } => "state plain",
        { State: FreshnessState.OnTime } => "state good",
        { State: FreshnessState.Due } => "state warn",
        _ => "state bad",
    };

    internal string StateWords(FreshnessVerdict verdict) => T(verdict switch
    {
        { State: FreshnessState.OnTime, LateFrom: null } => Words.NoPromise,
        { State: FreshnessState.OnTime } => Words.OnTime,
        { State: FreshnessState.Due } => Words.Due,
        _ => Words.Late,
    });

    internal string CauseWords(FreshnessCause cause) => T(CauseText.Short(cause));
}
