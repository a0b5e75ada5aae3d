namespace OpenData.Warehouse.Tests.Query.Evaluator;

/// <summary>Kinds of values as the document of OData names them, apart from the types of our own binder.</summary>
internal enum Kind
{
    Boolean,
    Whole,
    Exact,
    Double,
    Text,
    Day,
    Clock,
    Moment,
    Span,
    Guid,
    Point,
    Texts,
    Wholes,
}
