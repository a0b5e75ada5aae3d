namespace OpenData.Warehouse.Ledger;

/// <summary>A notice on its way.</summary>
/// <param name="Notice">What is told.</param>
/// <param name="Tries">Deliveries that were begun before this one.</param>
/// <param name="Webhook">True when the webhook has it.</param>
/// <param name="Mail">True when the mail folder has it.</param>
public sealed record WaitingNotice(Notice Notice, int Tries, bool Webhook, bool Mail);
