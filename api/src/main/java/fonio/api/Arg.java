package fonio.api;

/** An argument of a call: a value, or the future result of another task. */
public interface Arg<T> {

  /** A value as an argument beside futures. */
  static <T> Arg<T> of(T value) {
    return new Value<>(value);
  }

  /** An argument that is there already. */
  record Value<T>(T value) implements Arg<T> {}
}
