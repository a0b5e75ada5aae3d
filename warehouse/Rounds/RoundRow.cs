using OpenData.Catalogs;
using OpenData.Catalogs.Frameworks;
using OpenData.Warehouse.Ledger;

namespace OpenData.Warehouse.Rounds;

/// <summary>A round as the database has it.</summary>
internal sealed class RoundRow
{
    internal const string Select =
        """
        select id as Id, framework as Framework, framework_version as FrameworkVersion, facts_hash as FactsHash,
            framework_yaml as FrameworkYaml, title_vi as TitleVi, title_en as TitleEn, level as Level, from_day as FromDay,
            to_day as ToDay, is_synthetic as IsSynthetic, submit_until as SubmitUntil, appeal_until as AppealUntil,
            previous as Previous, opened_by as OpenedBy, opened_at as OpenedAt from rounds
        """;

    internal const string Insert =
        """
        insert into rounds (id, framework, framework_version, facts_hash, framework_yaml, title_vi, title_en, level, from_day, to_day, is_synthetic,
            submit_until, appeal_until, previous, opened_by, opened_at)
        values (@Id, @Framework, @FrameworkVersion, @FactsHash, @FrameworkYaml, @TitleVi, @TitleEn, @Level, @FromDay, @ToDay, @IsSynthetic,
            @SubmitUntil, @AppealUntil, @Previous, @OpenedBy, @OpenedAt)
        """;

    public string Id { get; set; } = "";

    public string Framework { get; set; } = "";

    public long FrameworkVersion { get; set; }

    public string FactsHash { get; set; } = "";

    public string FrameworkYaml { get; set; } = "";

    public string TitleVi { get; set; } = "";

    public string TitleEn { get; set; } = "";

    public string Level { get; set; } = "";

    public string FromDay { get; set; } = "";

    public string ToDay { get; set; } = "";

    public long IsSynthetic { get; set; }

    public string? SubmitUntil { get; set; }

    public string? AppealUntil { get; set; }

    public string? Previous { get; set; }

    public string OpenedBy { get; set; } = "";

    public string OpenedAt { get; set; } = "";

    internal static RoundRow Of(Round round) => new()
    {
        Id = round.Id,
        Framework = round.Framework,
        FrameworkVersion = round.FrameworkVersion,
        FactsHash = round.FactsHash,
        FrameworkYaml = round.FrameworkYaml,
        TitleVi = round.Title.Vi,
        TitleEn = round.Title.En,
        Level = RoundText.Of(round.Level),
        FromDay = DayText.Of(round.From),
        ToDay = DayText.Of(round.To),
        IsSynthetic = round.IsSynthetic ? 1 : 0,
        SubmitUntil = round.SubmitUntil is { } submit ? LedgerTime.ToText(submit) : null,
        AppealUntil = round.AppealUntil is { } appeal ? LedgerTime.ToText(appeal) : null,
        Previous = round.Previous,
        OpenedBy = round.OpenedBy,
        OpenedAt = LedgerTime.ToText(round.OpenedAt),
    };

    internal Round ToRound() => new(
        Id,
        Framework,
        (int)FrameworkVersion,
        FactsHash,
        FrameworkYaml,
        new LocalText(TitleVi, TitleEn),
        RoundText.To<UnitLevel>(Level),
        DayText.To(FromDay),
        DayText.To(ToDay),
        OpenedBy,
        LedgerTime.FromText(OpenedAt))
    {
        IsSynthetic = IsSynthetic != 0,
        SubmitUntil = LedgerTime.FromTextOrNull(SubmitUntil),
        AppealUntil = LedgerTime.FromTextOrNull(AppealUntil),
        Previous = Previous,
    };
}
