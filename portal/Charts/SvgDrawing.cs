using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace OpenData.Portal.Charts;

/// <summary>
/// One drawing as SVG text. Names and texts are encoded here and nowhere else; colours come from classes of the site's style sheet, so that both themes
/// hold. A reader who sees nothing hears title and description.
/// </summary>
internal sealed class SvgDrawing
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new();

    /// <summary>Begins a drawing.</summary>
    /// <param name="id">Unique on the page: ASCII letters, digits and hyphens.</param>
    /// <param name="width">Width of the field of coordinates; letters of 11 units are readable when it is about as wide as a phone.</param>
    /// <param name="height">Height of the field.</param>
    /// <param name="title">Name of the drawing.</param>
    /// <param name="description">What a reader would see in it.</param>
    public SvgDrawing(string id, double width, double height, string title, string description)
    {
        _text.Append(
            CultureInfo.InvariantCulture,
            $"<svg class=\"chart\" viewBox=\"0 0 {width:0.#} {height:0.#}\" role=\"img\" aria-labelledby=\"{Encoder.Encode(id)}-t {Encoder.Encode(id)}-d\">");
        _text.Append(CultureInfo.InvariantCulture, $"<title id=\"{Encoder.Encode(id)}-t\">{Encoder.Encode(title)}</title>");
        _text.Append(CultureInfo.InvariantCulture, $"<desc id=\"{Encoder.Encode(id)}-d\">{Encoder.Encode(description)}</desc>");
    }

    /// <summary>A straight line.</summary>
    public void Line(string look, double x1, double y1, double x2, double y2)
        => _text.Append(CultureInfo.InvariantCulture, $"<line class=\"{look}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>");

    /// <summary>A rectangle.</summary>
    public void Box(string look, double x, double y, double width, double height)
        => _text.Append(CultureInfo.InvariantCulture, $"<rect class=\"{look}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{height:0.#}\"/>");

    /// <summary>An area with the words that are said when it is pointed at; <paramref name="path"/> is made of numbers alone.</summary>
    public void Area(string look, string path, string words)
        => _text.Append(CultureInfo.InvariantCulture, $"<path class=\"{look}\" fill-rule=\"evenodd\" d=\"{path}\"><title>").Append(Encoder.Encode(words)).Append("</title></path>");

    /// <summary>A field of a class of values alone, for a legend.</summary>
    public static string Field(int number)
        => string.Create(CultureInfo.InvariantCulture, $"<svg class=\"key\" viewBox=\"0 0 12 12\" aria-hidden=\"true\"><path class=\"area c{number + 1}\" d=\"M0 0h12v12h-12z\"/></svg>");

    /// <summary>A mark around a point. Each number has a form of its own, so that colour is not needed to tell them apart.</summary>
    public void Mark(int number, double x, double y) => _text.Append(CultureInfo.InvariantCulture, $"<path class=\"mark s{(number % 4) + 1}\" d=\"{Form(number % 4, x, y)}\"/>");

    /// <summary>Words; <paramref name="look"/> says size, colour and side.</summary>
    public void Words(string look, double x, double y, string words)
        => _text.Append(CultureInfo.InvariantCulture, $"<text class=\"{look}\" x=\"{x:0.#}\" y=\"{y:0.#}\">").Append(Encoder.Encode(words)).Append("</text>");

    /// <summary>The finished drawing.</summary>
    public string Finish() => _text.Append("</svg>").ToString();

    /// <summary>A mark alone, for a legend; it says nothing that the words beside it do not.</summary>
    public static string Legend(int number)
        => string.Create(CultureInfo.InvariantCulture, $"<svg class=\"key\" viewBox=\"0 0 12 12\" aria-hidden=\"true\"><path class=\"mark s{(number % 4) + 1}\" d=\"{Form(number % 4, 6, 6)}\"/></svg>");

    private static string Form(int number, double x, double y) => number switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"M{x - 4.5:0.#} {y:0.#}a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z"),
        1 => string.Create(CultureInfo.InvariantCulture, $"M{x - 4:0.#} {y - 4:0.#}h8v8h-8z"),
        2 => string.Create(CultureInfo.InvariantCulture, $"M{x:0.#} {y - 5:0.#}l5 9h-10z"),
        _ => string.Create(CultureInfo.InvariantCulture, $"M{x:0.#} {y - 5.5:0.#}l5 5.5l-5 5.5l-5 -5.5z"),
    };
}
