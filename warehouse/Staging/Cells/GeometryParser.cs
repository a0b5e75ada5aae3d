using OpenData.Catalogs;

namespace OpenData.Warehouse.Staging;

/// <summary>Geometries from GeoJSON objects, GeoJSON text or WKT, as WKB in WGS 84.</summary>
internal sealed class GeometryParser(ColumnContract column) : CellParser(column)
{
    private readonly WkbBuilder _wkb = new();
    private readonly GeometryKind _kind = column.Type.Geometry ?? GeometryKind.Any;

    protected override string? Read(ReadOnlySpan<byte> text, ReadOnlySpan<byte> cell, CellForm form, CellValue to)
    {
        string? rule;
        switch (form)
        {
            case CellForm.Composite:
                rule = GeoJsonGeometry.Read(text, _wkb);
                break;
            case CellForm.Text:
                rule = text[0] == '{' ? GeoJsonGeometry.Read(text, _wkb) : WktGeometry.Read(text, _wkb);
                break;
            default:
                return StagingRules.Type;
        }

        if (rule is not null)
        {
            return rule;
        }

        if (!Fits(_wkb.Kind))
        {
            return StagingRules.GeometryKind;
        }

        to.Set(_wkb.Written);
        return null;
    }

    private bool Fits(int wkbKind) => _kind switch
    {
        GeometryKind.Point => wkbKind == 1,
        GeometryKind.Line => wkbKind is 2 or 5,
        GeometryKind.Polygon => wkbKind is 3 or 6,
        _ => true,
    };
}
