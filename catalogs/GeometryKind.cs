namespace OpenData.Catalogs;

/// <summary>Which geometries a geometry column may hold.</summary>
public enum GeometryKind
{
    /// <summary>Points only; longitude and latitude are kept beside the WKB.</summary>
    Point,

    /// <summary>Lines and multi-lines.</summary>
    Line,

    /// <summary>Polygons and multi-polygons.</summary>
    Polygon,

    /// <summary>Any geometry.</summary>
    Any,
}
