using System.Text.RegularExpressions;

namespace OpenData.Warehouse.Ledger;

/// <summary>Tables of the ledger, in SQL that SQLite and PostgreSQL both take. Times are UTC text of one width, so that they sort.</summary>
internal static partial class LedgerSchema
{
    /// <summary>Scripts by version; number n brings a database from n-1 to n. Never edited once released.</summary>
    internal static readonly IReadOnlyList<string> Scripts =
    [
        """
        create table runs (
            id text not null primary key,
            dataset text not null,
            triggered_by text not null,
            status text not null,
            started_at text not null,
            finished_at text,
            version text,
            row_count bigint,
            received bigint,
            inserted bigint,
            updated bigint,
            unchanged bigint,
            deleted bigint,
            superseded bigint,
            duplicates bigint,
            quarantined bigint,
            removed bigint,
            cause_code text,
            cause_vi text,
            cause_en text,
            host text not null,
            process_id bigint not null,
            process_started text not null
        );
        create index runs_by_dataset on runs (dataset, id);
        create index runs_by_status on runs (status, id);
        create table steps (
            run_id text not null,
            ordinal bigint not null,
            name text not null,
            started_at text not null,
            duration_us bigint not null,
            records bigint,
            bytes bigint,
            sha256 text,
            primary key (run_id, ordinal)
        );
        create table quarantine_counts (
            run_id text not null,
            rule text not null,
            column_name text not null,
            row_count bigint not null,
            primary key (run_id, rule, column_name)
        );
        create table watermarks (
            dataset text not null primary key,
            value text not null,
            contract_hash text not null,
            version text not null,
            run_id text not null
        );
        create table leases (
            dataset text not null primary key,
            owner text not null,
            token bigint not null,
            expires_at text not null
        );
        create table schedules (
            dataset text not null primary key,
            next_at text
        );
        """,
        """
        create table version_fates (
            dataset text not null,
            version text not null,
            fate text not null,
            decided_by text not null,
            reason text not null,
            decided_at text not null,
            primary key (dataset, version)
        );
        create table landings (
            run_id text not null,
            ordinal bigint not null,
            dataset text not null,
            sha256 text not null,
            bytes bigint not null,
            origin text not null,
            fetched_at text not null,
            is_cleaned bigint not null,
            removed_at text,
            primary key (run_id, ordinal)
        );
        create index landings_by_sha256 on landings (sha256);
        """,
        """
        create table proposals (
            id text not null primary key,
            dataset text not null,
            run_id text not null,
            found_at text not null,
            kind text not null,
            source_name text not null,
            column_name text not null,
            change_text text not null,
            remark text,
            status text not null,
            decided_by text,
            decided_at text,
            reason text
        );
        create index proposals_by_dataset on proposals (dataset, status);
        """,
        """
        create table audit_log (
            number bigint not null primary key,
            at text not null,
            actor text not null,
            action text not null,
            subject text not null,
            detail text not null,
            hash text not null
        );
        create table accounts (
            name_key text not null primary key,
            name text not null,
            roles text not null,
            password_hash text,
            created_at text not null,
            disabled_at text,
            signed_in_at text
        );
        create table access_links (
            token_hash text not null primary key,
            purpose text not null,
            name_key text not null,
            expires_at text not null
        );
        create table sessions (
            id_hash text not null primary key,
            name_key text not null,
            started_at text not null,
            seen_at text not null
        );
        create index sessions_by_account on sessions (name_key);
        create table sign_in_failures (
            place text not null primary key,
            failures bigint not null,
            last_at text not null,
            locked_until text not null
        );
        create table known_addresses (
            name_key text not null,
            address text not null,
            seen_at text not null,
            primary key (name_key, address)
        );
        """,
        """
        create table run_progress (
            run_id text not null primary key,
            step text not null,
            step_started_at text not null,
            noted_at text not null,
            records bigint,
            bytes bigint
        );
        create table run_lines (
            run_id text not null,
            ordinal bigint not null,
            at text not null,
            level text not null,
            line text not null,
            primary key (run_id, ordinal)
        );
        create table run_requests (
            dataset text not null primary key,
            asked_by text not null,
            asked_at text not null,
            is_full bigint not null
        );
        """,
        """
        create table slot_clocks (
            dataset text not null,
            clock text not null,
            cron text not null,
            time_zone text not null,
            accounted_to text not null,
            primary key (dataset, clock)
        );
        create table slots (
            dataset text not null,
            clock text not null,
            first_at text not null,
            last_at text not null,
            slot_count bigint not null,
            run_id text,
            cause_code text,
            recorded_at text not null,
            primary key (dataset, clock, first_at)
        );
        create table pauses (
            dataset text not null primary key,
            paused_by text not null,
            reason text not null,
            paused_at text not null
        );
        """,
        """
        create table reconcile_days (
            run_id text not null,
            change_day text not null,
            rows_before bigint not null,
            rows_at_source bigint not null,
            rows_after bigint,
            primary key (run_id, change_day)
        );
        """,
        """
        create table notice_states (
            dataset text not null primary key,
            told text not null
        );
        create table notices (
            id text not null primary key,
            kind text not null,
            dataset text not null,
            at text not null,
            title_vi text not null,
            title_en text not null,
            text_vi text not null,
            text_en text not null,
            tries bigint not null,
            next_try_at text,
            webhook_at text,
            mail_at text
        );
        create index notices_by_next_try on notices (next_try_at);
        """,
        """
        create table waiting_versions (
            run_id text not null primary key,
            dataset text not null,
            content_hash text not null,
            contract_hash text not null,
            manifest_sha256 text not null,
            base_version text,
            proposed_by text not null,
            waiting_since text not null,
            earliest_at text,
            not_before text,
            state text not null,
            decided_by text,
            decided_at text,
            reason text,
            version text
        );
        create index waiting_versions_by_dataset on waiting_versions (dataset, state);
        """,
        """
        create table backfills (
            id text not null primary key,
            dataset text not null,
            from_day text not null,
            to_day text not null,
            window_length text not null,
            window_count bigint not null,
            reading_hash text not null,
            tail_from text not null,
            started_at text not null,
            ended_at text
        );
        create index backfills_by_dataset on backfills (dataset, ended_at);
        create table backfill_windows (
            backfill_id text not null,
            ordinal bigint not null,
            run_id text not null,
            first_landing bigint not null,
            landings bigint not null,
            primary key (backfill_id, ordinal)
        );
        create index backfill_windows_by_run on backfill_windows (run_id);
        """,
        """
        alter table watermarks add column number bigint;
        """,
        """
        create table rounds (
            id text not null primary key,
            framework text not null,
            framework_version bigint not null,
            facts_hash text not null,
            framework_yaml text not null,
            title_vi text not null,
            title_en text not null,
            level text not null,
            from_day text not null,
            to_day text not null,
            is_synthetic bigint not null,
            submit_until text,
            appeal_until text,
            opened_by text not null,
            opened_at text not null
        );
        create index rounds_by_framework on rounds (framework, framework_version);
        create table round_units (
            round_id text not null,
            ordinal bigint not null,
            code text not null,
            name text not null,
            league text,
            is_ranked bigint not null,
            predecessors text not null,
            stage text not null,
            primary key (round_id, code)
        );
        create table round_entries (
            round_id text not null,
            sequence bigint not null,
            unit text not null,
            component text not null,
            kind text not null,
            answer_kind text not null,
            numbers text not null,
            answer_level text,
            set_share text,
            explanation text not null,
            reason text not null,
            evidence text not null,
            is_imported bigint not null,
            actor text not null,
            actor_role text not null,
            at text not null,
            primary key (round_id, sequence)
        );
        create index round_entries_by_unit on round_entries (round_id, unit, component);
        create table round_queries (
            round_id text not null,
            sequence bigint not null,
            input_role text not null,
            dataset text not null,
            version text not null,
            query text not null,
            row_count bigint not null,
            value text,
            at text not null,
            primary key (round_id, sequence, input_role)
        );
        create table round_stages (
            round_id text not null,
            sequence bigint not null,
            unit text not null,
            from_stage text not null,
            to_stage text not null,
            action text not null,
            actor text not null,
            actor_role text not null,
            at text not null,
            reason text not null,
            primary key (round_id, sequence)
        );
        create table round_evidence (
            round_id text not null,
            id text not null,
            unit text not null,
            sha256 text not null,
            document_number text,
            document_date text,
            file_name text not null,
            media_type text not null,
            bytes bigint not null,
            added_by text not null,
            added_at text not null,
            primary key (round_id, id)
        );
        create table round_revisions (
            round_id text not null,
            number bigint not null,
            published_by text not null,
            published_at text not null,
            not_before text,
            reason text,
            last_sequence bigint not null,
            result_hash text not null,
            primary key (round_id, number)
        );
        """,
        """
        alter table accounts add column units text not null default '';
        """,
        """
        alter table rounds add column previous text;
        """,
        """
        create table timed_run_requests (
            dataset text not null,
            not_before text not null,
            asked_by text not null,
            asked_at text not null,
            primary key (dataset, not_before)
        );
        """,
    ];

    /// <summary>The tables that a database of that version has, in the order in which they were made.</summary>
    internal static IReadOnlyList<string> TablesOf(int version)
        => [.. Scripts.Take(version).SelectMany(script => Table().Matches(script)).Select(made => made.Groups["table"].Value)];

    [GeneratedRegex(@"create table (?<table>[a-z_]+) \(", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Table();
}
