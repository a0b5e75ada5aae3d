namespace OpenData.Portal.Access;

/// <summary>How a caller of the interface is known.</summary>
public enum CallerWay
{
    /// <summary>By the session of an account; a form or header has to bring the token against forged requests.</summary>
    Session,

    /// <summary>By a bearer token of the identity provider.</summary>
    Token,
}
