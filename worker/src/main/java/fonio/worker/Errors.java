package fonio.worker;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** What a task threw as bytes: the exception itself where it can travel, and its stack as text. */
public final class Errors {
  private Errors() {}

  /** The bytes of what was thrown. */
  static byte[] encode(Throwable thrown) {
    try {
      return Arguments.encode(new @Nullable Object[] {thrown, stack(thrown)});
    } catch (IOException | RuntimeException | StackOverflowError cannot) {
      return encodeText(thrown, cannot);
    }
  }

  private static byte[] encodeText(Throwable thrown, Throwable cannot) {
    try {
      String text = stack(thrown) + "\nThe exception itself cannot travel: " + cannot;
      return Arguments.encode(new @Nullable Object[] {null, text});
    } catch (IOException e) {
      throw new IllegalStateException("a text cannot be encoded", e);
    }
  }

  private static String stack(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  /** What was thrown, of its own type; one that could not travel is told by its stack. */
  public static Throwable decode(byte[] bytes, int from, int length) {
    try {
      @Nullable Object[] pair = Arguments.decode(bytes, from, length, new @Nullable Object[0]);
      return pair[0] instanceof Throwable thrown
          ? thrown
          : new IllegalStateException("in a worker: " + pair[1]);
    } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
      return new IllegalStateException("what a task threw cannot be read here: " + e, e);
    }
  }
}
