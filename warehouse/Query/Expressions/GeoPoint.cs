using System.Runtime.InteropServices;

namespace OpenData.Warehouse.Query.Expressions;

/// <summary>A WGS 84 point.</summary>
/// <param name="Longitude">Degrees east.</param>
/// <param name="Latitude">Degrees north.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct GeoPoint(double Longitude, double Latitude);
