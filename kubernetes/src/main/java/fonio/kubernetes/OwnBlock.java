package fonio.kubernetes;

import fonio.providers.BlockOrder;
import fonio.providers.JobState;
import fonio.providers.JobStatus;
import fonio.providers.ProviderException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A block that was asked for.
 *
 * @param log where the last words of its pods are kept when they are gone
 */
record OwnBlock(PodNames names, Path log) {
  private static final int TAIL_CHARS = 2_048;

  static OwnBlock of(PodNames names, BlockOrder block) {
    return new OwnBlock(names, block.folder().resolve(block.name() + ".err"));
  }

  /** How it ended, with the last words of its pods. */
  JobStatus ended(Sight seen, String said) {
    if (!said.isEmpty()) {
      keep(said);
    }
    String tail = said.substring(Math.max(0, said.length() - TAIL_CHARS));
    return new JobStatus(seen.state(), seen.reason(), seen.exitCode(), "", tail);
  }

  /** How it ended without a word. */
  JobStatus ended(JobState state, Sight seen) {
    return new JobStatus(state, seen.reason(), seen.exitCode(), "", "");
  }

  private void keep(String said) {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      Files.writeString(log, said);
    } catch (IOException e) {
      throw new ProviderException(
          "%s could not be written: %s; give blocks a folder that this user can write"
              .formatted(log, e),
          e);
    }
  }
}
