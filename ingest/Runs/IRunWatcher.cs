namespace OpenData.Ingest.Runs;

/// <summary>Is told how runs get on: a progress line on a terminal, plain lines elsewhere.</summary>
public interface IRunWatcher
{
    /// <summary>A dataset began a step.</summary>
    void StepStarted(string dataset, string step);

    /// <summary>A run ended.</summary>
    void Ended(RunOutcome outcome);
}
