using OpenData.Catalogs.Frameworks;

namespace OpenData.Portal.Assessments.Workbooks;

/// <summary>A row of a form as a workbook: one input of a component.</summary>
/// <param name="Component">The component.</param>
/// <param name="Role">The input; empty where every input is computed from published data and only "does not apply" can be said.</param>
/// <param name="IsFirst">True for the row that takes what is said of the component as a whole.</param>
internal sealed record FormRow(Component Component, string Role, bool IsFirst)
{
    /// <summary>Begins the hidden column of keys.</summary>
    public const string KeyHead = "key";

    /// <summary>Name of the hidden sheet that says whose form it is.</summary>
    public const string HiddenSheet = "opendata";

    /// <summary>First cell of the hidden sheet.</summary>
    public const string Mark = "opendata-form-1";

    /// <summary>What the hidden column says of it.</summary>
    public string Key => $"{Component.Code}|{Role}";

    /// <summary>True when a query computes the input.</summary>
    public bool IsAutomatic => Component.Automatic.Any(a => a.Role == Role);

    /// <summary>The rows of a component: inputs that a person gives, then those that are computed.</summary>
    public static IReadOnlyList<FormRow> Of(Component component)
    {
        var roles = component.Formula.Roles.OrderBy(r => component.Automatic.Any(a => a.Role == r)).ToList();
        return [.. (roles.Count > 0 ? roles : [""]).Select((role, i) => new FormRow(component, role, i == 0))];
    }
}
