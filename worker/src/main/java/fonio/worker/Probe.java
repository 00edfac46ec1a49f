package fonio.worker;

import fonio.api.spi.Body;
import fonio.wire.FunctionDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A function that does nothing, for those who want to know how long that takes. */
public record Probe() implements Body {
  private static final long serialVersionUID = 1;

  @Override
  public @Nullable Object run(@Nullable Object[] arguments) {
    return null;
  }

  /** The function as it travels to Java workers, under a number. */
  public static FunctionDefinition definition(int id) {
    try {
      return new FunctionDefinition(
          id, FunctionDefinition.JAVA, "probe", Values.encode(new Probe()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
