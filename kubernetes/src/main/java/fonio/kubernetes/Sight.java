package fonio.kubernetes;

import fonio.providers.JobState;
import java.util.OptionalInt;

/**
 * What the API says of a pod.
 *
 * @param reason its own words; empty for none
 * @param stuck whether it waits for what does not come by waiting, such as an image that is not
 *     there
 * @param exitCode of one that came to its own end
 */
record Sight(JobState state, String reason, boolean stuck, OptionalInt exitCode) {

  /** One that nobody has to see to. */
  static Sight of(JobState state, String reason) {
    return new Sight(state, reason, false, OptionalInt.empty());
  }

  /** One that does not get on. */
  static Sight stuck(String reason) {
    return new Sight(JobState.PENDING, reason, true, OptionalInt.empty());
  }
}
