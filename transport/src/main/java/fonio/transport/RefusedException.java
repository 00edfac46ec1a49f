package fonio.transport;

/** The peer that was greeted does not want this process, or cannot be understood by it. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedException(String why) {
    super(why);
  }
}
