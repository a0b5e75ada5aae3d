using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Warehouse.Derivation;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Publishing;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Staging;

namespace OpenData.Warehouse.Validation;

/// <summary>
/// Checks staged rows against the contract's expectations, settles equal keys, and hides small counts. Works inside the stage
/// database; what is published stays as it is whatever happens here.
/// </summary>
public sealed class Validator(EngineOptions engineOptions)
{
    private const string PreviousAlias = "previous_version";
    private const string Running = "running";
    private const int SuppressionRoundsMax = 10_000;

    /// <summary>Validates.</summary>
    /// <param name="staged">What staging made.</param>
    /// <param name="contract">The contract.</param>
    /// <param name="previous">The current version; null when there is none.</param>
    /// <param name="parents">Current versions of other datasets by id; those that <c>exists_in</c> rules name must be there.</param>
    /// <param name="token">Stops between and inside statements.</param>
    /// <exception cref="OpenDataException">OD2201 to OD2206.</exception>
    public ValidatedTable Validate(
        StagedTable staged,
        DatasetContract contract,
        Snapshot? previous,
        IReadOnlyDictionary<string, Snapshot> parents,
        CancellationToken token)
    {
        // Keys and values are compared over the whole table: what does not fit into memory spills into the run's own folder.
        var spill = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(staged.DatabaseFile))!, "spill"); // a file lies in a folder
        Directory.CreateDirectory(spill);
        using var engine = DuckDbEngine.File(staged.DatabaseFile, engineOptions with { QueryTimeout = Timeout.InfiniteTimeSpan, TempFolder = spill }, readOnly: false);
        using var connection = engine.Connect();
        var looked = AttachParents(engine, contract, parents);
        if (previous is not null)
        {
            engine.AttachReadOnly(previous.DataFile, PreviousAlias);
        }

        var run = new Run(connection, contract, staged, previous, token);
        run.Execute(Fixed("CREATE OR REPLACE TABLE dropped (_row BIGINT, reason VARCHAR)"));
        var guards = SqlGuard.ForRules(contract);
        var outcomes = new Dictionary<Expectation, ExpectationOutcome>(ReferenceEqualityComparer.Instance);
        ApplyRowRules(run, RowRules(run, guards, looked), outcomes);
        SettleKeys(run);
        ApplyUnique(run, outcomes);
        var suppressed = PrepareGood(run);
        var report = Report(run, outcomes, suppressed, [.. looked.Values.Select(s => new SnapshotParent(s.Dataset, s.Version))]);
        run.Execute(Fixed("CHECKPOINT"));
        return new ValidatedTable(staged, contract, report);
    }

    private static Dictionary<string, Snapshot> AttachParents(
        DuckDbEngine engine,
        DatasetContract contract,
        IReadOnlyDictionary<string, Snapshot> parents)
    {
        var looked = new Dictionary<string, Snapshot>(StringComparer.Ordinal);
        foreach (var name in contract.Expectations.OfType<ExistsInExpectation>().Select(e => e.Dataset).Distinct(StringComparer.Ordinal))
        {
            if (!parents.TryGetValue(name, out var parent))
            {
                throw new OpenDataException(ValidationErrors.ParentMissing, new LocalText(
                    $"Đang chờ {name}: tập dữ liệu này chưa có phiên bản công bố.",
                    $"Waiting for {name}: it has no published version yet."));
            }

            engine.AttachReadOnly(parent.DataFile, ParentAlias(name));
            looked.Add(name, parent);
        }

        return looked;
    }

    private static string ParentAlias(string dataset) => "parent_" + dataset;

    private static List<(Expectation? Of, RowRule Rule)> RowRules(
        Run run,
        IReadOnlyDictionary<SqlExpectation, GuardedSql> guards,
        Dictionary<string, Snapshot> parents)
    {
        var rules = new List<(Expectation?, RowRule)>();
        if (!ColumnsAreChecked(run.Contract))
        {
            rules.AddRange(run.Contract.PublicColumns.SelectMany(ExpectationSql.OfColumn).Select(r => ((Expectation?)null, r)));
        }

        if (!run.Contract.HasRowKey)
        {
            rules.AddRange(run.Contract.Key.Select(column => ((Expectation?)null, ExpectationSql.KeyPresent(column))));
        }

        foreach (var expectation in run.Contract.Expectations)
        {
            switch (expectation)
            {
                case SqlExpectation sql:
                    rules.Add((sql, ExpectationSql.Sql(sql, guards[sql])));
                    break;
                case ExistsInExpectation exists:
                    RequireColumn(parents[exists.Dataset], exists);
                    rules.Add((exists, ExpectationSql.ExistsIn(exists, ParentAlias(exists.Dataset))));
                    break;
            }
        }

        return rules;
    }

    // Staging applies the columns' own rules while it reads; rows that a query made have met nobody yet.
    private static bool ColumnsAreChecked(DatasetContract contract) => contract.Source.Kind != "sql";

    private static void RequireColumn(Snapshot parent, ExistsInExpectation rule)
    {
        if (parent.Contract.Column(rule.Match) is null)
        {
            throw new OpenDataException(ValidationErrors.RuleFailed, new LocalText(
                $"Quy tắc {rule.Name}: {rule.Dataset} không có cột {rule.Match}.",
                $"Rule {rule.Name}: {rule.Dataset} has no column {rule.Match}."));
        }
    }

    private static void ApplyRowRules(
        Run run,
        List<(Expectation? Of, RowRule Rule)> rules,
        Dictionary<Expectation, ExpectationOutcome> outcomes)
    {
        if (rules.Count == 0)
        {
            return;
        }

        var plain = rules.ConvertAll(r => r.Rule);
        var rows = run.Count(Fixed("SELECT count(*) FROM staged"));
        try
        {
            run.Execute(ExpectationSql.Offenders(run.Contract, plain));
        }
        catch (OpenDataException failed) when (failed.Code == EngineErrors.QueryFailed)
        {
            throw new OpenDataException(ValidationErrors.RuleFailed, FailingRule(run, plain), inner: failed);
        }

        var counts = run.Rows(ExpectationSql.OffenderCounts(plain.Count))[0];
        for (var i = 0; i < rules.Count; i++)
        {
            var failed = (long)counts[i]!; // count(*) is never null
            var (expectation, rule) = rules[i];
            if (failed > 0 && rule.OnFail == OnFail.Quarantine)
            {
                run.Execute(ExpectationSql.Quarantine(run.Contract, plain, i));
            }

            if (expectation is not null)
            {
                outcomes[expectation] = Outcome(expectation, rows, failed);
            }
        }

        run.Execute(ExpectationSql.DropQuarantined(plain));
    }

    // Runs rules one by one to name the one that DuckDB cannot evaluate.
    private static LocalText FailingRule(Run run, List<RowRule> rules)
    {
        foreach (var rule in rules)
        {
            try
            {
                run.Execute(ExpectationSql.Offenders(run.Contract, [rule]));
            }
            catch (OpenDataException failed) when (failed.Code == EngineErrors.QueryFailed)
            {
                return new LocalText(
                    $"Không tính được quy tắc {rule.Name} trên dữ liệu này.",
                    $"Rule {rule.Name} cannot be evaluated on these rows.");
            }
        }

        return new LocalText("Không tính được các quy tắc trên dữ liệu này.", "The rules cannot be evaluated on these rows.");
    }

    private static void SettleKeys(Run run)
    {
        if (run.Contract.HasRowKey)
        {
            return;
        }

        run.Execute(DedupeSql.RepeatedKeys(run.Contract));
        if (run.Count(Fixed("SELECT count(*) FROM repeated_keys")) > 0)
        {
            run.Execute(DedupeSql.DropLosers(run.Contract));
        }
    }

    private static void ApplyUnique(Run run, Dictionary<Expectation, ExpectationOutcome> outcomes)
    {
        foreach (var rule in run.Contract.Expectations.OfType<UniqueExpectation>())
        {
            var rows = run.Count(Fixed("SELECT (SELECT count(*) FROM staged) - (SELECT count(*) FROM dropped)"));

            // Equal keys are settled already: no two rows of the key agree.
            if (rule.Columns.ToHashSet(StringComparer.Ordinal).SetEquals(run.Contract.Key))
            {
                outcomes[rule] = Outcome(rule, rows, 0);
                continue;
            }

            var beside = run.Contract.Load != LoadMode.Replace && run.PreviousFits ? PreviousAlias : null;
            run.Execute(ExpectationSql.Repeated(rule, run.Contract, beside));
            var failed = run.Count(Fixed("SELECT count(*) FROM repeated"));
            outcomes[rule] = Outcome(rule, rows, failed);
            if (failed > 0 && rule.OnFail == OnFail.Quarantine)
            {
                run.Execute(ExpectationSql.QuarantineRepeated(rule, run.Contract));
                run.Execute(Fixed("INSERT INTO dropped SELECT _row, 'quarantined' FROM repeated"));
            }
        }
    }

    /// <summary>Leaves the relation <c>good</c>; returns the rows that lost cells.</summary>
    private static long PrepareGood(Run run)
    {
        run.Execute(DeletionSql.AndLive(
            new SqlBuilder().Append("CREATE OR REPLACE VIEW running AS SELECT * FROM staged WHERE _row NOT IN (SELECT _row FROM dropped)"), run.Contract).ToSql());
        if (run.Contract.Deletions is not null)
        {
            run.Execute(DeletionSql.View());
        }

        var from = Running;
        var suppressed = 0L;
        if (run.Contract.Suppress is { } rule)
        {
            suppressed = Suppress(run, rule);
            from = "suppressed";
        }

        if (run.Contract.HasRowKey)
        {
            run.Execute(DedupeSql.WithRowKey(run.Contract, from));
            from = "keyed";
        }

        run.Execute(new SqlBuilder().Append("CREATE OR REPLACE VIEW ").Name(ValidatedTable.GoodRelation).Append(" AS SELECT * FROM ").Name(from).ToSql());
        return suppressed;
    }

    private static long Suppress(Run run, SuppressionRule rule)
    {
        // Part of a table cannot be protected: totals and companions need all its rows.
        if (run.Contract.Load != LoadMode.Replace)
        {
            throw new OpenDataException(ValidationErrors.SuppressionFailed, new LocalText(
                "Quy tắc bảo mật thống kê chỉ dùng được với load: replace.",
                "The disclosure rule needs load: replace, because it looks at the whole table."));
        }

        run.Execute(Suppression.Primary(rule, Running));
        var groupings = Suppression.Groupings(rule);
        IReadOnlyList<string> key = run.Contract.HasRowKey ? [] : run.Contract.Key;
        for (var round = 0; ; round++)
        {
            var added = groupings.Sum(grouping => run.Execute(Suppression.Complementary(rule, grouping, key, Running)));
            if (added == 0)
            {
                break;
            }

            if (round == SuppressionRoundsMax)
            {
                throw new OpenDataException(ValidationErrors.SuppressionFailed, new LocalText(
                    "Quy tắc bảo mật thống kê không kết thúc.", "The disclosure rule does not come to an end."));
            }
        }

        run.Execute(Suppression.Apply(rule, run.Contract, Running));
        return run.Count(Fixed("SELECT count(*) FROM hidden"));
    }

    private static ValidationReport Report(
        Run run,
        Dictionary<Expectation, ExpectationOutcome> outcomes,
        long suppressed,
        IReadOnlyList<SnapshotParent> parents)
    {
        var received = run.Staged.Received;
        var good = run.Count(Fixed("SELECT count(*) FROM good"));
        var duplicates = run.Count(Fixed("SELECT count(*) FROM dropped WHERE reason = 'duplicate'"));
        var superseded = run.Count(Fixed("SELECT count(*) FROM dropped WHERE reason = 'superseded'"));
        var quarantined = run.Count(Fixed("SELECT count(*) FROM quarantine"));
        var deletions = run.Contract.Deletions is null ? 0 : run.Count(Fixed("SELECT count(*) FROM deletions"));
        if (received != good + deletions + duplicates + superseded + quarantined)
        {
            throw new OpenDataException(ValidationErrors.CountsDiffer, new LocalText(
                FormattableString.Invariant($"Nhận {received} bản ghi nhưng đếm được {good} tốt, {deletions} xoá, {duplicates} trùng, {superseded} bị thay, {quarantined} cách ly."),
                FormattableString.Invariant($"Received {received} records, but counted {good} good, {deletions} deletions, {duplicates} duplicates, {superseded} superseded, {quarantined} quarantined.")));
        }

        foreach (var expectation in run.Contract.Expectations)
        {
            switch (expectation)
            {
                case RowCountExpectation rowCount:
                    outcomes[rowCount] = Outcome(rowCount, 1, RowCountHolds(run, rowCount, good) ? 0 : 1);
                    break;
                case QuarantineShareExpectation share:
                    outcomes[share] = Outcome(share, received, quarantined > share.Max * received ? 1 : 0);
                    break;
            }
        }

        Block(run.Contract, outcomes);
        RequireRows(run.Contract, good);
        var quarantine = run.Rows(Fixed("SELECT rule, column_name, count(*) FROM quarantine GROUP BY ALL ORDER BY rule, column_name NULLS FIRST"));
        return new ValidationReport(
            received,
            good,
            quarantined,
            duplicates,
            superseded,
            suppressed,
            [.. run.Contract.Expectations.Select(e => outcomes[e])],
            [.. quarantine.Select(q => new QuarantineCount((string)q[0]!, (string?)q[1], (long)q[2]!))], // rule and count are never null
            parents)
        {
            Deletions = deletions,
        };
    }

    private static bool RowCountHolds(Run run, RowCountExpectation rule, long good)
    {
        var rows = good;
        if (run.Contract.Load != LoadMode.Replace && run.Previous is not null)
        {
            rows = run.PreviousFits ? run.Previous.Manifest.Rows + run.Count(NewKeys(run.Contract)) - Deleted(run) : run.Previous.Manifest.Rows;
        }

        return !(rows < rule.Min || rows > rule.Max
            || (rule.ShrinkMax is { } share && run.Previous is { } previous && rows < previous.Manifest.Rows * (1 - share)));
    }

    private static long Deleted(Run run)
        => run.Contract.Deletions is null ? 0 : run.Count(DeletionSql.PublishedCount(run.Contract, PreviousAlias));

    private static SqlText NewKeys(DatasetContract contract)
    {
        var sql = new SqlBuilder().Append("SELECT count(*) FROM good AS g WHERE NOT EXISTS (SELECT 1 FROM ");
        ExpectationSql.PublishedTable(sql, PreviousAlias).Append(" AS p WHERE true");
        foreach (var column in PhysicalOrder.KeyOf(contract))
        {
            sql.Append(" AND p.").Name(column).Append(" = g.").Name(column);
        }

        return sql.Append(")").ToSql();
    }

    private static void Block(DatasetContract contract, Dictionary<Expectation, ExpectationOutcome> outcomes)
    {
        foreach (var expectation in contract.Expectations)
        {
            var outcome = outcomes[expectation];
            if (outcome.Failed > 0 && (expectation.OnFail == OnFail.Block || (IsGuard(expectation) && expectation.OnFail == OnFail.Quarantine)))
            {
                throw new OpenDataException(ValidationErrors.ExpectationFailed, new LocalText(
                    FormattableString.Invariant($"Kỳ vọng {outcome.Name} không đạt ({outcome.Failed} trên {outcome.Checked}); phiên bản trước được giữ nguyên."),
                    FormattableString.Invariant($"Expectation {outcome.Name} failed ({outcome.Failed} of {outcome.Checked}); the last version stays.")));
            }
        }
    }

    // An empty whole truth is nearly always a broken source: it must be promised (row_count min: 0) to be believed.
    private static void RequireRows(DatasetContract contract, long good)
    {
        var promised = contract.Expectations.OfType<RowCountExpectation>().Any(e => e.Min is not null);
        if (good == 0 && contract.Load == LoadMode.Replace && !promised)
        {
            throw new OpenDataException(ValidationErrors.NothingLeft, new LocalText(
                "Không còn dòng nào sau kiểm tra; phiên bản trước được giữ nguyên.",
                "No row is left after the checks; the last version stays."));
        }
    }

    private static bool IsGuard(Expectation expectation) => expectation is RowCountExpectation or QuarantineShareExpectation;

    private static ExpectationOutcome Outcome(Expectation expectation, long rows, long failed) => new(
        expectation.Name,
        rows,
        failed,
        expectation.OnFail.ToString().ToLowerInvariant(),
        failed == 0 ? "passed" : expectation.OnFail == OnFail.Quarantine ? "quarantined" : "warned");

    private static SqlText Fixed(string sql) => new SqlBuilder().Append(sql).ToSql();

    /// <summary>What the steps of one validation share.</summary>
    private sealed record Run(
        EngineConnection Connection,
        DatasetContract Contract,
        StagedTable Staged,
        Snapshot? Previous,
        CancellationToken Token)
    {
        /// <summary>True when the rows of the last version have this contract's key, so that both can be held side by side.</summary>
        public bool PreviousFits => Previous is not null && Structure.SameKey(Previous.Contract, Contract);

        public long Execute(SqlText sql) => Connection.Execute(sql, Token);

        public long Count(SqlText sql) => Connection.Count(sql, Token);

        public List<object?[]> Rows(SqlText sql) => Connection.Rows(sql, Token);
    }
}
