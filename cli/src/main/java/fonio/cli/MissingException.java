package fonio.cli;

/** Something that the command needs is not there; the message says what to do. */
final class MissingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MissingException(String message) {
    super(message);
  }
}
