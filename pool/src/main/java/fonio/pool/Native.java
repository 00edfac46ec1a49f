package fonio.pool;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Functions of the C library, all called through one signature.
 *
 * <p>The JVM builds a class for each distinct signature at its first use, which costs a starting
 * engine 5 to 15 ms each. On the platforms that we run on, the first six integer or pointer
 * arguments travel in registers and a function does not look at those that it does not have, so
 * that six longs serve all of them.
 */
final class Native {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final FunctionDescriptor SIX_LONGS =
      FunctionDescriptor.of(ValueLayout.JAVA_INT, LONG, LONG, LONG, LONG, LONG, LONG);

  private final MethodHandle handle;

  private Native(MethodHandle handle) {
    this.handle = handle;
  }

  /** A function of integers and pointers that returns an int. */
  static Native function(String name) {
    return optional(name)
        .orElseThrow(() -> new IllegalStateException("the C library has no " + name));
  }

  /** Such a function that older libraries lack. */
  @SuppressWarnings("restricted")
  static Optional<Native> optional(String name) {
    return LINKER
        .defaultLookup()
        .find(name)
        .map(address -> new Native(LINKER.downcallHandle(address, SIX_LONGS)));
  }

  int call(long a) {
    return call(a, 0, 0, 0, 0, 0);
  }

  int call(long a, long b) {
    return call(a, b, 0, 0, 0, 0);
  }

  int call(long a, long b, long c) {
    return call(a, b, c, 0, 0, 0);
  }

  int call(MemorySegment a) {
    return call(a.address());
  }

  int call(MemorySegment a, long b) {
    return call(a.address(), b);
  }

  int call(MemorySegment a, MemorySegment b) {
    return call(a.address(), b.address());
  }

  int call(long a, long b, long c, long d, long e, long f) {
    try {
      return (int) handle.invokeExact(a, b, c, d, e, f);
    } catch (RuntimeException | Error e1) {
      throw e1;
    } catch (Throwable e1) {
      throw new IllegalStateException(e1);
    }
  }
}
