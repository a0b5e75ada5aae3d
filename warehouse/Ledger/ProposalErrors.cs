using OpenData.Catalogs.Errors;

namespace OpenData.Warehouse.Ledger;

/// <summary>Why a proposed change of a contract was not made; the contract is as it was.</summary>
public static class ProposalErrors
{
    /// <summary>The contract file of a dataset could not be read when it was needed.</summary>
    public static readonly ErrorCode ContractGone = new("OD2410", "Contract file gone", "Không đọc được tệp hợp đồng");

    /// <summary>There is no proposal of that id.</summary>
    public static readonly ErrorCode Unknown = new("OD2430", "No such proposal", "Không có đề xuất này");

    /// <summary>The proposal is decided, or the contract has gone another way.</summary>
    public static readonly ErrorCode Settled = new("OD2431", "The proposal is no longer open", "Đề xuất không còn mở");

    /// <summary>The layout of the contract file is not one that can be edited at one place.</summary>
    public static readonly ErrorCode NotEditable = new("OD2432", "The contract must be edited by hand", "Cần sửa hợp đồng bằng tay");

    /// <summary>The catalogue would have a mistake with the change.</summary>
    public static readonly ErrorCode Refused = new("OD2433", "The changed contract has mistakes", "Hợp đồng sau khi sửa có lỗi");
}
