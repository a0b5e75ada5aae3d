namespace OpenData.Warehouse.Tests.Export;

/// <summary>A cell as the file has it.</summary>
/// <param name="Type"><c>inlineStr</c>, <c>b</c> or <c>n</c>.</param>
/// <param name="Format">Number format of its style.</param>
/// <param name="Text">Text with escapes resolved, or the digits.</param>
internal sealed record BookCell(string Type, string Format, string Text);
