using OpenData.Catalogs.Errors;
using OpenData.TestKit;
using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Audit;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Tests.Ledger;

namespace OpenData.Warehouse.Tests.Accounts;

/// <summary>Accounts, sessions and waits over a clock that moves, on both databases.</summary>
public sealed class AccountBookTests(PostgresServer server) : IClassFixture<PostgresServer>, IDisposable
{
    private const string Home = "203.0.113.7";

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly SessionLimits Limits = new(TimeSpan.FromMinutes(30), TimeSpan.FromHours(12));

    private readonly TestFolder _folder = new();
    private readonly ManualClock _clock = new();

    [Theory]
    [LedgerKinds]
    public async Task An_account_lives_from_invitation_to_its_end_and_every_step_is_in_the_log(string kind)
    {
        await using var book = await WithOperatorAsync(kind);
        var link = await book.InviteAsync("lan", "Trần Minh", [AccountRole.Approver], None);
        Assert.Equal(LinkPurpose.Invitation, (await book.ReadLinkAsync(link, None))!.Purpose);
        await RefusedAsync(AccountErrors.NameTaken, () => book.InviteAsync("lan", "TRẦN MINH", [AccountRole.Operator], None));
        await RefusedAsync(AccountErrors.NoRole, () => book.InviteAsync("lan", "hoa", [], None));
        Assert.Null((await book.AttemptAsync("trần minh", Home, None)).PasswordHash);

        Assert.Equal("Trần Minh", (await book.TakeLinkAsync(link, "someone else", "hash-1", None)).Name);
        await RefusedAsync(AccountErrors.LinkUnusable, () => book.TakeLinkAsync(link, null, "hash-2", None));
        var session = await book.StartSessionAsync("trần minh", Home, null, Limits, None);
        Assert.Equal([AccountRole.Approver], (await book.SessionAsync(session, Limits, None))!.Roles);

        // New roles count at once, in the session that is open.
        await book.SetRolesAsync("lan", "trần minh", [AccountRole.Operator, AccountRole.Approver], None);
        Assert.True((await book.SessionAsync(session, Limits, None))!.Is(AccountRole.Operator));

        // A reset link works beside the old password; used, it ends the sessions.
        var reset = await book.MakeLinkAsync("lan", "trần minh", None);
        Assert.NotNull(await book.SessionAsync(session, Limits, None));
        await book.TakeLinkAsync(reset, null, "hash-3", None);
        Assert.Null(await book.SessionAsync(session, Limits, None));
        Assert.Equal("hash-3", (await book.AttemptAsync("Trần Minh", Home, None)).PasswordHash);

        var again = await book.StartSessionAsync("trần minh", Home, null, Limits, None);
        var late = await book.MakeLinkAsync("lan", "trần minh", None);
        await book.DisableAsync("lan", "trần minh", None);
        Assert.Null(await book.SessionAsync(again, Limits, None));
        Assert.Null(await book.ReadLinkAsync(late, None));
        Assert.Null((await book.AttemptAsync("trần minh", Home, None)).Account);
        await RefusedAsync(AccountErrors.Disabled, () => book.MakeLinkAsync("lan", "trần minh", None));
        await book.EnableAsync("lan", "trần minh", None);
        Assert.Null(await book.SessionAsync(again, Limits, None));
        Assert.Equal("hash-3", (await book.AttemptAsync("trần minh", Home, None)).PasswordHash);

        var log = (await book.Audit.ListAsync(new AuditFilter(100), None)).Reverse().Select(e => e.Action).ToList();
        Assert.Equal(
            [
                "link.first", "link.use", "account.invite", "link.use", "session.start", "account.roles", "account.link", "link.use", "session.start",
                "account.link", "account.disable", "account.enable",
            ],
            log);
        Assert.Empty((await book.Audit.VerifyAsync(None)).Findings);
    }

    [Theory]
    [LedgerKinds]
    public async Task A_session_ends_when_it_is_idle_and_when_it_is_old_and_a_clock_that_goes_back_prolongs_nothing(string kind)
    {
        await using var book = await WithOperatorAsync(kind);
        var idle = await book.StartSessionAsync("lan", Home, null, Limits, None);
        _clock.Advance(TimeSpan.FromMinutes(29));
        Assert.NotNull(await book.SessionAsync(idle, Limits, None));
        _clock.Advance(TimeSpan.FromMinutes(29));
        Assert.NotNull(await book.SessionAsync(idle, Limits, None));
        _clock.Advance(TimeSpan.FromMinutes(31));
        Assert.Null(await book.SessionAsync(idle, Limits, None));

        var busy = await book.StartSessionAsync("lan", Home, null, Limits, None);
        var began = _clock.GetUtcNow();
        while (_clock.GetUtcNow() - began < Limits.Length - TimeSpan.FromMinutes(20))
        {
            Assert.NotNull(await book.SessionAsync(busy, Limits, None));
            _clock.Advance(TimeSpan.FromMinutes(20));
        }

        _clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Null(await book.SessionAsync(busy, Limits, None));

        // Whoever signs in anew removes what is over: a clock set back cannot wake it.
        await book.StartSessionAsync("lan", Home, null, Limits, None);
        _clock.Advance(TimeSpan.FromHours(-1));
        Assert.Null(await book.SessionAsync(busy, Limits, None));
        Assert.Null(await book.SessionAsync(idle, Limits, None));
    }

    [Theory]
    [LedgerKinds]
    public async Task A_browser_that_signs_in_again_has_a_new_secret_and_the_old_one_is_worth_nothing(string kind)
    {
        await using var book = await WithOperatorAsync(kind);
        var planted = "a-secret-that-an-attacker-planted";
        var mine = await book.StartSessionAsync("lan", Home, planted, Limits, None);
        Assert.NotEqual(planted, mine);
        Assert.Null(await book.SessionAsync(planted, Limits, None));
        var next = await book.StartSessionAsync("lan", Home, mine, Limits, None);
        Assert.Null(await book.SessionAsync(mine, Limits, None));
        Assert.NotNull(await book.SessionAsync(next, Limits, None));

        // Another browser of the same person goes on.
        var other = await book.StartSessionAsync("lan", "203.0.113.8", null, Limits, None);
        Assert.NotNull(await book.SessionAsync(next, Limits, None));
        await book.EndSessionAsync(other, "lan", None);
        Assert.Null(await book.SessionAsync(other, Limits, None));
        Assert.NotNull(await book.SessionAsync(next, Limits, None));
    }

    [Theory]
    [LedgerKinds]
    public async Task Waits_double_up_to_an_hour_end_by_themselves_and_a_right_password_forgives(string kind)
    {
        await using var book = await WithOperatorAsync(kind);
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await FailAsync(book, "lan", Home));
        }

        var waits = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            Assert.Null(await FailAsync(book, "lan", Home));
            var until = (await book.AttemptAsync("LAN", Home, None)).WaitUntil;
            Assert.NotNull(until);
            waits.Add((until.Value - _clock.GetUtcNow()).TotalMinutes);
            _clock.Advance(until.Value - _clock.GetUtcNow());
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60], waits);

        // The person comes in, from there as well, as soon as the wait is over, and is forgiven.
        Assert.Equal("hash", (await book.AttemptAsync("lan", Home, None)).PasswordHash);
        await book.SucceedAsync("lan", Home, null, None);
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await FailAsync(book, "lan", Home));
        }
    }

    [Theory]
    [LedgerKinds]
    public async Task Strangers_cannot_keep_a_person_out_of_the_place_where_she_signs_in(string kind)
    {
        await using var book = await WithOperatorAsync(kind);
        await book.StartSessionAsync("lan", Home, null, Limits, None);
        for (var i = 0; i < 40; i++)
        {
            await FailAsync(book, "lan", $"198.51.100.{i}");
        }

        Assert.NotNull((await book.AttemptAsync("lan", "198.51.100.200", None)).WaitUntil);
        Assert.Equal("hash", (await book.AttemptAsync("lan", Home, None)).PasswordHash);
    }

    [Theory]
    [LedgerKinds]
    public async Task A_name_that_nobody_has_waits_like_one_that_somebody_has(string kind)
    {
        await using var book = await WithOperatorAsync(kind);
        for (var i = 0; i < 6; i++)
        {
            await FailAsync(book, "lan", "203.0.113.1");
            await FailAsync(book, "nobody", "203.0.113.2");
        }

        Assert.Equal((await book.AttemptAsync("lan", "203.0.113.1", None)).WaitUntil, (await book.AttemptAsync("nobody", "203.0.113.2", None)).WaitUntil);

        // What people type where no name is wanted never reaches the log.
        await FailAsync(book, "mật khẩu của tôi", "203.0.113.3");
        Assert.DoesNotContain(await book.Audit.ListAsync(new AuditFilter(100), None), e => (e.Subject + e.Detail + e.Actor).Contains("mật khẩu", StringComparison.Ordinal));
    }

    [Theory]
    [LedgerKinds]
    public async Task Many_at_the_same_moment_have_no_more_tries_and_a_link_makes_one_account(string kind)
    {
        await using var book = await OpenAsync(kind);
        var first = await book.MakeFirstLinkAsync("portal", None);
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            try
            {
                return (await book.TakeLinkAsync(first!, $"person {n}", "hash", None)).Name;
            }
            catch (OpenDataException refused) when (refused.Code == AccountErrors.LinkUnusable)
            {
                return null;
            }
        })));
        var name = Assert.Single(taken.OfType<string>());
        Assert.Null(await book.MakeFirstLinkAsync("portal", None));
        Assert.Single(await book.ListAsync(None));

        var looked = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(() => book.AttemptAsync(name, Home, None))));
        Assert.Equal(6, looked.Count(a => a.PasswordHash is not null));
    }

    [Theory]
    [LedgerKinds]
    public async Task Links_end_after_their_time_and_a_new_one_ends_the_one_before(string kind)
    {
        await using var book = await OpenAsync(kind);
        var old = await book.MakeFirstLinkAsync("portal", None);
        var first = await book.MakeFirstLinkAsync("portal", None);
        Assert.Null(await book.ReadLinkAsync(old!, None));
        _clock.Advance(AccountBook.FirstLinkLife - TimeSpan.FromSeconds(1));
        Assert.NotNull(await book.ReadLinkAsync(first!, None));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await book.ReadLinkAsync(first!, None));
        await RefusedAsync(AccountErrors.LinkUnusable, () => book.TakeLinkAsync(first!, "lan", "hash", None));
        Assert.Empty(await book.ListAsync(None));
    }

    [Theory]
    [LedgerKinds]
    public async Task Two_operators_who_disable_each_other_at_the_same_moment_leave_one(string kind)
    {
        await using var book = await WithOperatorAsync(kind);
        await book.TakeLinkAsync(await book.InviteAsync("lan", "minh", [AccountRole.Operator], None), null, "hash", None);
        for (var round = 0; round < 10; round++)
        {
            var both = await Task.WhenAll(
                Task.Run(() => TryAsync(() => book.DisableAsync("lan", "minh", None))), Task.Run(() => TryAsync(() => book.DisableAsync("minh", "lan", None))));
            Assert.Single(both, done => done);
            foreach (var account in (await book.ListAsync(None)).Where(a => a.DisabledAt is not null))
            {
                await book.EnableAsync("test", account.Name, None);
            }
        }
    }

    [Theory]
    [LedgerKinds]
    public async Task Units_are_kept_with_the_account_and_every_change_of_them_is_in_the_log(string kind)
    {
        await using var book = await WithOperatorAsync(kind);
        var link = await book.InviteAsync("lan", "hoa", [AccountRole.UnitOfficer], ["so_noi_vu", "05440", "05440"], None);
        var hoa = await book.TakeLinkAsync(link, null, "hash", None);
        Assert.Equal(["05440", "so_noi_vu"], hoa.Units);
        Assert.True(hoa.Rights.MayAnswer("05440"));
        Assert.False(hoa.Rights.MayAnswer("5440"));

        // They count at once, in the session that is open.
        var session = await book.StartSessionAsync("hoa", Home, null, Limits, None);
        await book.SetUnitsAsync("lan", "HOA", ["so_y_te"], None);
        Assert.Equal(["so_y_te"], (await book.SessionAsync(session, Limits, None))!.Units);
        await RefusedAsync(AccountErrors.BadUnit, () => book.SetUnitsAsync("lan", "hoa", ["a,b"], None));
        await RefusedAsync(AccountErrors.UnknownAccount, () => book.SetUnitsAsync("lan", "nobody", ["a"], None));
        await RefusedAsync(AccountErrors.BadUnit, () => book.InviteAsync("lan", "minh", [AccountRole.UnitOfficer], ["<b>"], None));
        Assert.Equal(["hoa", "lan"], (await book.ListAsync(None)).Select(a => a.Name));

        // The officer of a unit who becomes a verifier still does not verify it.
        await book.SetRolesAsync("lan", "hoa", [AccountRole.Verifier, AccountRole.Council], None);
        var verifier = (await book.ListAsync(None)).Single(a => a.Name == "hoa");
        Assert.False(verifier.Rights.MayVerify("so_y_te", []));
        Assert.False(verifier.Rights.MayAdjust("so_y_te", []));
        Assert.True(verifier.Rights.MayVerify("so_noi_vu", []));
        await book.SetUnitsAsync("lan", "hoa", [], None);
        Assert.Empty((await book.SessionAsync(session, Limits, None))!.Units);

        var log = (await book.Audit.ListAsync(new AuditFilter(100) { Actor = "lan" }, None)).Reverse()
            .Where(e => e.Subject == "hoa").Select(e => $"{e.Action} {e.Detail}");
        Assert.Equal(
            ["account.invite unit_officer 05440,so_noi_vu", "account.units so_y_te", "account.roles verifier,council", "account.units "], log);
    }

    [Theory]
    [LedgerKinds]
    public async Task The_first_operator_has_no_role_of_scoring(string kind)
    {
        await using var book = await WithOperatorAsync(kind);
        Assert.Equal(AccountRoles.Platform, (await book.ListAsync(None)).Single().Roles);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<AccountBook> OpenAsync(string kind) => await AccountBook.OpenAsync(
        new LedgerOptions(_folder["data"]) { ConnectionString = kind == "postgresql" ? server.NewDatabase() : null }, _clock, None);

    private async Task<AccountBook> WithOperatorAsync(string kind)
    {
        var book = await OpenAsync(kind);
        await book.TakeLinkAsync((await book.MakeFirstLinkAsync("portal", None))!, "lan", "hash", None);
        return book;
    }

    /// <summary>One wrong password; tells until when that place waits already.</summary>
    private static async Task<DateTimeOffset?> FailAsync(AccountBook book, string name, string address)
    {
        var attempt = await book.AttemptAsync(name, address, None);
        if (attempt.WaitUntil is null)
        {
            await book.FailAsync(name, address, None);
        }

        return attempt.WaitUntil;
    }

    private static async Task<bool> TryAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (OpenDataException refused) when (refused.Code == AccountErrors.LastOperator)
        {
            return false;
        }
    }

    private static async Task RefusedAsync(ErrorCode code, Func<Task> work) => Assert.Equal(code, (await Assert.ThrowsAsync<OpenDataException>(work)).Code);
}
