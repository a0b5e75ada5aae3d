using OpenData.Warehouse.Accounts;

namespace OpenData.Portal.Access;

/// <summary>What an endpoint says about who may use it. Below <c>/admin</c>, one that says nothing is for people who run the platform.</summary>
internal static class DoorRules
{
    /// <summary>Only for people who have one of these roles.</summary>
    public static TBuilder RequireRole<TBuilder>(this TBuilder endpoint, params AccountRole[] anyOf)
        where TBuilder : IEndpointConventionBuilder
        => endpoint.WithMetadata(new RequiredRole(anyOf));

    /// <summary>For everybody who has signed in, whatever the role.</summary>
    public static TBuilder ForAnyRole<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
        => endpoint.RequireRole([.. AccountRoles.All]);

    /// <summary>Also for people who have not signed in.</summary>
    public static TBuilder OpenBeforeSignIn<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
        => endpoint.WithMetadata(OpenDoor.BeforeSignIn);

    /// <summary>An address of the interface for callers by session or bearer token, with these roles; without any, for whoever is known.</summary>
    public static TBuilder ForCallers<TBuilder>(this TBuilder endpoint, params AccountRole[] anyOf)
        where TBuilder : IEndpointConventionBuilder
        => endpoint.WithMetadata(OpenDoor.ForCallers, anyOf.Length == 0 ? RequiredRole.None : new RequiredRole(anyOf));

    /// <summary>Reads by POST.</summary>
    public static TBuilder ReadsByPost<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder
        => endpoint.WithMetadata(OpenDoor.ReadsByPost);
}
