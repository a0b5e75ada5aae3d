using System.Text.Json;

namespace OpenData.SampleAgencies.Systems;

/// <summary>One state of a one-stop case as the system hands it out; texts, because bad records are part of the game.</summary>
internal sealed record CaseRecord(
    string CaseId,
    string Service,
    string? Commune,
    string Person,
    string PersonNumber,
    string Phone,
    string Channel,
    string SubmittedAt,
    string DueOn,
    string? ClosedAt,
    string Status,
    string Fee,
    bool PaidOnline,
    DateTimeOffset UpdatedAt)
{
    /// <summary>Writes the record as one JSON object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("maHoSo", CaseId);
        json.WriteString("maThuTuc", Service);
        json.WriteString("maXa", Commune);
        json.WriteString("hoTen", Person);
        json.WriteString("soDinhDanh", PersonNumber);
        json.WriteString("dienThoai", Phone);
        json.WriteString("kenh", Channel);
        json.WriteString("ngayNop", SubmittedAt);
        json.WriteString("ngayHenTra", DueOn);
        json.WriteString("ngayTra", ClosedAt);
        json.WriteString("trangThai", Status);
        json.WriteString("lePhi", Fee);
        json.WriteBoolean("thanhToanTrucTuyen", PaidOnline);
        json.WriteString("capNhatLuc", World.Iso(UpdatedAt));
        json.WriteEndObject();
    }
}
