namespace OpenData.Portal.Access;

/// <summary>Metadata of an endpoint that works without a session.</summary>
internal enum OpenDoor
{
    /// <summary>A page of the administration for people who are still to sign in; its forms need their token all the same.</summary>
    BeforeSignIn,

    /// <summary>
    /// An address of the interface for people who are known, by session or by bearer token, never by both; a write in a session needs the token of forms. Below
    /// <c>/admin</c> it opens nothing.
    /// </summary>
    ForCallers,

    /// <summary>Reads, though it is asked with POST; changes nothing.</summary>
    ReadsByPost,
}
