using System.Globalization;
using System.Text;
using OpenData.Catalogs;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Query;

namespace OpenData.Portal.OData;

/// <summary>The related rows of a page as JSON, by the row to which they belong. Each relation is one query for all rows of the page.</summary>
internal sealed class ExpandedRows
{
    private readonly List<Relative> _relatives;

    private ExpandedRows(List<Relative> relatives) => _relatives = relatives;

    /// <summary>Reads them.</summary>
    /// <param name="lease">A connection on which all versions are attached.</param>
    /// <param name="expand">What is wanted.</param>
    /// <param name="alias">The attachment of the rows to which they belong.</param>
    /// <param name="rids">These rows.</param>
    /// <param name="format">What was agreed on.</param>
    /// <param name="root">Absolute address of the service.</param>
    /// <param name="token">Stops the engine too.</param>
    /// <exception cref="OpenDataException"><c>OD1209</c> when there are more than <see cref="QueryLimits.ExpandedRowsMax"/>.</exception>
    public static ExpandedRows Read(
        QueryLease lease, IReadOnlyList<Expansion> expand, string alias, IReadOnlyList<long> rids, ODataFormat format, string root, CancellationToken token)
    {
        long left = expand.Count == 0 ? 0 : expand[0].Query.Limits.ExpandedRowsMax;
        return Read(expand, alias, rids.ToDictionary(rid => rid, _ => 1L));

        // How often each row is written: a related row stands behind every row that leads to it.
        ExpandedRows Read(IReadOnlyList<Expansion> wanted, string of, Dictionary<long, long> belongTo)
            => new([.. wanted.Select(e => belongTo.Count == 0 ? new Relative(e, format, root) : One(e, of, belongTo))]);

        Relative One(Expansion expansion, string of, Dictionary<long, long> belongTo)
        {
            var relative = new Relative(expansion, format, root);
            IReadOnlyList<long> parents = [.. belongTo.Keys];
            if (expansion.WithCount || expansion.Part == ExpandedPart.Count)
            {
                relative.ReadCounts(lease, ExpansionToSql.TranslateCounts(expansion, of, parents), token);
            }

            if (expansion.Part != ExpandedPart.Count)
            {
                var query = expansion.Query with { Columns = relative.Columns };
                relative.ReadRows(lease, ExpansionToSql.Translate(expansion with { Query = query }, of, parents, left + 1), token);
                var written = new Dictionary<long, long>();
                foreach (var (parent, rid, _) in relative.Rows)
                {
                    written[rid] = written.GetValueOrDefault(rid) + belongTo[parent];
                    left -= belongTo[parent];
                    if (left < 0)
                    {
                        throw TooMany(expansion, nameof(QueryLimits.ExpandedRowsMax), expansion.Query.Limits.ExpandedRowsMax);
                    }
                }

                relative.Behind = Read(query.Expand, expansion.Relation.Target.Alias, written);
            }

            return relative;
        }
    }

    /// <summary>Appends the members of one row.</summary>
    /// <param name="rid">Its <c>_rid</c>.</param>
    /// <param name="comma">True when other members stand before.</param>
    /// <param name="to">Where they are appended.</param>
    public void Append(long rid, bool comma, Utf8Buffer to)
    {
        foreach (var relative in _relatives)
        {
            to.Append(comma ? ","u8 : []);
            relative.Append(rid, to);
            comma = true;
        }
    }

    private static OpenDataException TooMany(Expansion expansion, string name, long most)
        => new(
            QueryErrors.TooComplex,
            new LocalText(
                $"Các dòng liên quan của một trang vượt giới hạn {name} = {most}. Hãy dùng Prefer: maxpagesize nhỏ hơn, hoặc $select, $filter, $top bên trong $expand.",
                $"The related rows of one page are over {name} = {most}. Ask for smaller pages by Prefer: maxpagesize, or use $select, $filter or $top inside $expand."),
            suggestion: expansion.Relation.IsMany ? $"{expansion.Relation.Name}($top=10)" : "Prefer: maxpagesize=1000");

    /// <summary>The rows of one relation.</summary>
    private sealed class Relative
    {
        private readonly Expansion _expansion;
        private readonly ODataRows _writer;
        private readonly byte[] _name;
        private readonly byte[] _countName;
        private readonly List<(long Parent, long Rid, int End)> _rows = [];
        private readonly Dictionary<long, (int First, int Count)> _byParent = [];
        private readonly Dictionary<long, long> _counts = [];
        private byte[] _members = [];

        public Relative(Expansion expansion, ODataFormat format, string root)
        {
            var relation = expansion.Relation;
            _expansion = expansion;
            _writer = new ODataRows(expansion.Query, format, $"{root}/{relation.Target.Contract.Id}", withIds: expansion.Part == ExpandedPart.References);
            _name = Encoding.UTF8.GetBytes($"\"{relation.Name}\":");
            _countName = Encoding.UTF8.GetBytes($"\"{relation.Name}{format.Prefix}count\":");
            IsExact = format.ExactAsText;
        }

        public IReadOnlyList<ColumnContract> Columns => _writer.Columns;

        public ExpandedRows? Behind { get; set; }

        /// <summary>For each row the one to which it belongs, its own number, and where it ends.</summary>
        public IReadOnlyList<(long Parent, long Rid, int End)> Rows => _rows;

        private bool IsExact { get; }

        public void ReadCounts(QueryLease lease, SqlText sql, CancellationToken token)
        {
            using var reader = lease.Connection.Stream(sql, token);
            while (reader.Read(out var chunk))
            {
                for (var row = 0; row < chunk.RowCount; row++)
                {
                    _counts.Add(chunk[0].Int64At(row), chunk[1].Int64At(row));
                }
            }
        }

        public void ReadRows(QueryLease lease, SqlText sql, CancellationToken token)
        {
            using var members = new Utf8Buffer(16 * 1024);
            using var reader = lease.Connection.Stream(sql, token);
            while (reader.Read(out var chunk))
            {
                for (var row = 0; row < chunk.RowCount; row++)
                {
                    _writer.Members(chunk, row, members);
                    var parent = chunk[Columns.Count + 1].Int64At(row);
                    var (first, count) = _byParent.GetValueOrDefault(parent, (_rows.Count, 0));
                    _byParent[parent] = (first, count + 1);
                    _rows.Add((parent, chunk[Columns.Count].Int64At(row), members.Length));
                }

                if (members.Length > _expansion.Query.Limits.ExpandedBytesMax)
                {
                    throw TooMany(_expansion, nameof(QueryLimits.ExpandedBytesMax), _expansion.Query.Limits.ExpandedBytesMax);
                }
            }

            _members = members.Written.ToArray();
        }

        public void Append(long parent, Utf8Buffer to)
        {
            if (_expansion.WithCount || _expansion.Part == ExpandedPart.Count)
            {
                to.Append(_countName);
                var count = _counts.GetValueOrDefault(parent).ToString(CultureInfo.InvariantCulture);
                to.Append(Encoding.ASCII.GetBytes(IsExact ? $"\"{count}\"" : count));
                if (_expansion.Part == ExpandedPart.Count)
                {
                    return;
                }

                to.Append((byte)',');
            }

            to.Append(_name);
            var (first, rows) = _byParent.GetValueOrDefault(parent);
            if (!_expansion.Relation.IsMany)
            {
                if (rows == 0)
                {
                    to.Append("null"u8);
                    return;
                }

                Row(first, to);
                return;
            }

            to.Append((byte)'[');
            for (var i = 0; i < rows; i++)
            {
                to.Append(i == 0 ? [] : ","u8);
                Row(first + i, to);
            }

            to.Append((byte)']');
        }

        private void Row(int index, Utf8Buffer to)
        {
            var start = index == 0 ? 0 : _rows[index - 1].End;
            to.Append((byte)'{');
            to.Append(_members.AsSpan(start.._rows[index].End));
            Behind?.Append(_rows[index].Rid, comma: _rows[index].End > start, to);
            to.Append((byte)'}');
        }
    }
}
