package fonio.journal;

import java.nio.file.Path;

/** Bytes of a journal that were once on disk are not what was written. */
public final class JournalDamageException extends JournalException {
  private static final long serialVersionUID = 1L;

  private final int segment;
  private final long offset;

  JournalDamageException(Path file, int segment, long offset, String what) {
    super(
        file
            + " is damaged at byte "
            + offset
            + " of segment "
            + segment
            + ": "
            + what
            + "; what stands before it can be read. Restore the file from a copy, or move the folder"
            + " away to begin anew",
        null);
    this.segment = segment;
    this.offset = offset;
  }

  /** The number of the segment. */
  public int segment() {
    return segment;
  }

  /** Where in the segment's file the damage begins. */
  public long offset() {
    return offset;
  }
}
