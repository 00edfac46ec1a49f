package fonio.api;

/** A setting that cannot be used: the message names it, its value, who set it and what to do. */
public final class ConfigurationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /** Of a whole sentence. */
  public ConfigurationException(String message) {
    super(message);
  }

  /** Of a whole sentence, and what was met. */
  public ConfigurationException(String message, Throwable cause) {
    super(message, cause);
  }
}
