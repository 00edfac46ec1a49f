package fonio.blocks;

import java.util.Map;

/** What a call of the batch system came to. */
sealed interface Outcome {
  record Submitted(String block, String job) implements Outcome {}

  record SubmitFailed(String block, String why) implements Outcome {}

  record Statuses(Map<String, JobStatus> statuses) implements Outcome {
    public Statuses {
      statuses = Map.copyOf(statuses);
    }
  }

  /** A status query or a cancel failed; it is asked again later. */
  record Failed(String what, String why) implements Outcome {}
}
