package fonio.pool;

/** A worker process could not be started at all. */
final class SpawnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SpawnException(String message) {
    super(message);
  }
}
