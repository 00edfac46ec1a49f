package fonio.providers;

/** A provider could not do what it was asked; the message names the command and what it said. */
public final class ProviderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One that the provider found itself. */
  public ProviderException(String message) {
    super(message);
  }

  /** One with what the system said. */
  public ProviderException(String message, Throwable cause) {
    super(message, cause);
  }
}
