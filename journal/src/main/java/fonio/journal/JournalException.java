package fonio.journal;

import org.jspecify.annotations.Nullable;

/** A journal cannot be opened or read. */
public sealed class JournalException extends RuntimeException permits JournalDamageException {
  private static final long serialVersionUID = 1L;

  JournalException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
