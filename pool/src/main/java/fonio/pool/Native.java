package fonio.pool;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** Handles to functions of the C library, and how to call them. */
@SuppressWarnings("restricted")
final class Native {
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  static final ValueLayout POINTER = ValueLayout.ADDRESS;

  private static final Linker LINKER = Linker.nativeLinker();

  private Native() {}

  /** A function that returns an int. */
  static MethodHandle function(String name, ValueLayout... arguments) {
    return optional(name, arguments)
        .orElseThrow(() -> new IllegalStateException("the C library has no " + name));
  }

  /** A function that returns an int and that older libraries lack. */
  static Optional<MethodHandle> optional(String name, ValueLayout... arguments) {
    return LINKER
        .defaultLookup()
        .find(name)
        .map(address -> LINKER.downcallHandle(address, FunctionDescriptor.of(INT, arguments)));
  }

  /** Calls a function whose arguments are {@link MemorySegment}s, ints and longs. */
  static int call(MethodHandle function, Object... arguments) {
    try {
      return (int) function.invokeWithArguments(arguments);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
