using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;

namespace OpenData.Portal.OData;

/// <summary>The vocabularies of OASIS that our model speaks, and how a term of theirs is written.</summary>
internal static class Vocabulary
{
    public const string Core = "Org.OData.Core.V1";
    public const string Aggregation = "Org.OData.Aggregation.V1";
    public const string Capabilities = "Org.OData.Capabilities.V1";
    public const string Measures = "Org.OData.Measures.V1";
    public const string Validation = "Org.OData.Validation.V1";

    /// <summary>References to all of them.</summary>
    public static IEnumerable<IEdmReference> References()
        => [Reference(Core, "Core"), Reference(Aggregation, "Aggregation"), Reference(Capabilities, "Capabilities"), Reference(Measures, "Measures"), Reference(Validation, "Validation")];

    /// <summary>Adds an annotation where its target stands.</summary>
    public static void Annotate(
        EdmModel model, IEdmVocabularyAnnotatable target, string vocabulary, string term, IEdmExpression value, string? qualifier = null)
    {
        // The writer asks a term for its name only; the vocabularies themselves are referred to, not repeated.
        var annotation = new EdmVocabularyAnnotation(
            target, new EdmTerm(vocabulary, term, EdmPrimitiveTypeKind.String), qualifier, value);
        model.AddVocabularyAnnotation(annotation);
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
    }

    public static EdmRecordExpression Record(string vocabulary, string type, params (string Name, IEdmExpression Value)[] properties)
        => new(
            new EdmComplexTypeReference(new EdmComplexType(vocabulary, type), isNullable: false),
            properties.Select(p => new EdmPropertyConstructor(p.Name, p.Value)));

    public static EdmEnumMemberExpression Member(string vocabulary, string type, string name)
        => new(new EdmEnumType(vocabulary, type).AddMember(name, new EdmEnumMemberValue(0)));

    public static EdmCollectionExpression Strings(params IEnumerable<string> values) => new(values.Select(v => new EdmStringConstant(v)));

    public static EdmCollectionExpression Paths(IEnumerable<string> properties) => new(properties.Select(p => new EdmPropertyPathExpression(p)));

    public static EdmBooleanConstant True() => new(value: true);

    public static EdmBooleanConstant False() => new(value: false);

    private static EdmReference Reference(string vocabulary, string alias)
    {
        var reference = new EdmReference(new Uri($"https://oasis-tcs.github.io/odata-vocabularies/vocabularies/{vocabulary}.xml"));
        reference.AddInclude(new EdmInclude(alias, vocabulary));
        return reference;
    }
}
