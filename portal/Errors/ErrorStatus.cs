using System.Collections.Frozen;
using OpenData.Catalogs.Errors;
using OpenData.Portal.Access;
using OpenData.Portal.Serving;
using OpenData.Warehouse.Accounts;
using OpenData.Warehouse.Approvals;
using OpenData.Warehouse.Changes;
using OpenData.Warehouse.Engine;
using OpenData.Warehouse.Export;
using OpenData.Warehouse.Ledger;
using OpenData.Warehouse.Quarantine;
using OpenData.Warehouse.Query;
using OpenData.Warehouse.Rounds;

namespace OpenData.Portal.Errors;

/// <summary>Which HTTP status a code is answered with: the one table.</summary>
internal static class ErrorStatus
{
    private static readonly FrozenDictionary<string, int> Statuses = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        [PortalErrors.Unexpected.Code] = 500,
        [PortalErrors.Overloaded.Code] = 503,
        [QueryErrors.Malformed.Code] = 400,
        [QueryErrors.UnknownColumn.Code] = 400,
        [QueryErrors.UnknownFunction.Code] = 400,
        [QueryErrors.WrongType.Code] = 400,
        [QueryErrors.NotSupported.Code] = 501,
        [QueryErrors.UnknownOption.Code] = 400,
        [QueryErrors.MalformedOption.Code] = 400,
        [QueryErrors.DuplicateOption.Code] = 400,
        [QueryErrors.TooComplex.Code] = 400,
        [QueryErrors.LiteralOutOfRange.Code] = 400,
        [QueryErrors.CalculationFailed.Code] = 400,
        [QueryErrors.BadPattern.Code] = 400,
        [QueryErrors.BadPageToken.Code] = 400,
        [QueryErrors.VersionGone.Code] = 410,
        [QueryErrors.UnknownResource.Code] = 404,
        [QueryErrors.NoSuchRow.Code] = 404,
        [QueryErrors.BadKey.Code] = 400,
        [QueryErrors.UnknownVersion.Code] = 404,
        [QueryErrors.BadAlias.Code] = 400,
        [QueryErrors.OrderTooLarge.Code] = 413,
        [QueryErrors.NotAcceptable.Code] = 406,
        [QueryErrors.BadProtocolHeader.Code] = 400,
        [QueryErrors.BadComputedName.Code] = 400,
        [EngineErrors.QueryTimeout.Code] = 503,
        [EngineErrors.OutOfMemory.Code] = 503,
        [EngineErrors.QueryFailed.Code] = 500,
        [EngineErrors.WrongLibrary.Code] = 500,
        [EngineErrors.NotDurable.Code] = 500,
        [EngineErrors.BadOption.Code] = 500,
        [ExportErrors.BrokenGeometry.Code] = 500,
        [ExportErrors.ColumnMismatch.Code] = 500,
        [ExportErrors.DayOutsideCalendar.Code] = 500,
        [ExportErrors.SpillTooLarge.Code] = 413,
        [ExportErrors.TooManyValues.Code] = 406,
        [ExportErrors.ValueOutsideRange.Code] = 500,
        [ChangeErrors.KeyDiffers.Code] = 409,
        [ChangeErrors.TypeDiffers.Code] = 409,
        [PortalErrors.NotReady.Code] = 503,
        [PortalErrors.AddressTooLong.Code] = 414,
        [PortalErrors.MethodNotAllowed.Code] = 405,
        [PortalErrors.NoSuchAddress.Code] = 404,
        [PortalErrors.MalformedRequest.Code] = 400,
        [PortalErrors.NoIsolation.Code] = 412,
        [PortalErrors.NotAcceptable.Code] = 406,
        [PortalErrors.InvalidParameter.Code] = 400,
        [PortalErrors.UnknownDataset.Code] = 404,
        [PortalErrors.UnknownVersion.Code] = 404,
        [PortalErrors.CollectedVersion.Code] = 410,
        [PortalErrors.FormatNotOffered.Code] = 404,
        [PortalErrors.UnknownRun.Code] = 404,
        [PortalErrors.UnknownFramework.Code] = 404,
        [PortalErrors.UnknownRound.Code] = 404,
        [PortalErrors.UnknownRoundUnit.Code] = 404,
        [PortalErrors.NotTellable.Code] = 409,
        [PortalErrors.DamagedVersion.Code] = 503,
        [PortalErrors.MalformedBatch.Code] = 400,
        [PortalErrors.BatchAnswerTooLarge.Code] = 413,
        [PortalErrors.DependencyFailed.Code] = 424,
        [CacheErrors.LargerThanCache.Code] = 413,
        [CacheErrors.Unavailable.Code] = 503,
        [PortalErrors.RangeNotSatisfiable.Code] = 416,
        [PortalErrors.ConditionFailed.Code] = 412,
        [AccessErrors.SignInNeeded.Code] = 401,
        [AccessErrors.ForeignForm.Code] = 400,
        [AccessErrors.RoleMissing.Code] = 403,
        [AccessErrors.TooManyAttempts.Code] = 429,
        [AccessErrors.SignInRefused.Code] = 401,
        [AccessErrors.PasswordRefused.Code] = 400,
        [AccessErrors.TokenRefused.Code] = 401,
        [AccessErrors.TwoIdentities.Code] = 400,
        [AccessErrors.KeysUnavailable.Code] = 503,
        [AccountErrors.BadName.Code] = 400,
        [AccountErrors.NameTaken.Code] = 409,
        [AccountErrors.UnknownAccount.Code] = 404,
        [AccountErrors.LastOperator.Code] = 409,
        [AccountErrors.LinkUnusable.Code] = 410,
        [AccountErrors.NoRole.Code] = 400,
        [AccountErrors.Disabled.Code] = 409,
        [AccountErrors.BadUnit.Code] = 400,
        [QuarantineErrors.Unknown.Code] = 404,
        [QuarantineErrors.Damaged.Code] = 503,
        [ApprovalErrors.NotYours.Code] = 403,
        [ApprovalErrors.NothingWaits.Code] = 409,
        [RoundErrors.UnknownRound.Code] = 404,
        [RoundErrors.UnknownPart.Code] = 404,
        [RoundErrors.BadRound.Code] = 400,
        [RoundErrors.RoundExists.Code] = 409,
        [RoundErrors.FrozenFramework.Code] = 409,
        [RoundErrors.WrongStage.Code] = 409,
        [RoundErrors.WrongRole.Code] = 403,
        [RoundErrors.OwnUnit.Code] = 403,
        [RoundErrors.Stale.Code] = 409,
        [RoundErrors.NoReason.Code] = 400,
        [RoundErrors.BadAnswer.Code] = 400,
        [RoundErrors.OutOfTime.Code] = 409,
        [RoundErrors.NotReady.Code] = 409,
        [RoundErrors.NotComputable.Code] = 409,
        [RoundErrors.BadFile.Code] = 400,
        [RoundErrors.BadEvidence.Code] = 400,
        [RoundErrors.NotVerified.Code] = 409,
        [LedgerErrors.Unavailable.Code] = 503,
        [LedgerErrors.FromTheFuture.Code] = 503,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The status of a code; 500 for one that was never meant to reach a caller.</summary>
    public static int Of(ErrorCode code) => Statuses.GetValueOrDefault(code.Code, StatusCodes.Status500InternalServerError);

    /// <summary>True when the table has the code.</summary>
    public static bool Knows(ErrorCode code) => Statuses.ContainsKey(code.Code);
}
