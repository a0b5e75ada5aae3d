namespace OpenData.Warehouse.Accounts;

/// <summary>
/// Pure: how long a place (an account seen from an address, an address, an account) waits after failures. Nothing up to the free ones, then a minute
/// that doubles with each further failure up to the longest.
/// </summary>
/// <param name="Free">Failures without a wait.</param>
/// <param name="Longest">Longest wait.</param>
internal sealed record SignInWait(int Free, TimeSpan Longest)
{
    /// <summary>One account from one address.</summary>
    internal static readonly SignInWait OfPair = new(5, TimeSpan.FromHours(1));

    /// <summary>One address, whatever the account: many names from one place.</summary>
    internal static readonly SignInWait OfAddress = new(20, TimeSpan.FromHours(1));

    /// <summary>
    /// One account, from addresses where it never signed in: many places at one name. Addresses from which the person signed in before pass by, so
    /// that strangers cannot keep somebody out.
    /// </summary>
    internal static readonly SignInWait OfAccount = new(30, TimeSpan.FromMinutes(15));

    /// <summary>The wait after that many failures.</summary>
    internal TimeSpan After(long failures)
        => failures <= Free ? TimeSpan.Zero
            : TimeSpan.FromMinutes(Math.Min(Longest.TotalMinutes, Math.Pow(2, Math.Min(failures - Free - 1, 20))));
}
