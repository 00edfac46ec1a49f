package fonio.transport;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * Functions of the C library, all called through one signature and one handle.
 *
 * <p>The JVM builds a chain of classes for each signature and for each handle at its first use,
 * which costs a starting engine 5 to 15 ms each. On the platforms that we run on, the first six
 * integer or pointer arguments travel in registers, also those of variadic functions, and a
 * function does not look at those that it does not have, so that six longs serve all of them.
 */
public final class Native {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle HANDLE = handle();

  /** Where the error numbers go that nobody reads. */
  private static final MemorySegment UNREAD = Arena.global().allocate(STATE);

  private final MemorySegment function;

  private Native(MemorySegment function) {
    this.function = function;
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle() {
    return LINKER.downcallHandle(
        FunctionDescriptor.of(ValueLayout.JAVA_INT, LONG, LONG, LONG, LONG, LONG, LONG),
        Linker.Option.captureCallState("errno"));
  }

  /**
   * A function of integers and pointers that returns an int.
   *
   * @throws IllegalStateException if the C library has none of this name
   */
  public static Native function(String name) {
    return optional(name)
        .orElseThrow(() -> new IllegalStateException("the C library has no " + name));
  }

  /** Such a function that older libraries lack. */
  public static Optional<Native> optional(String name) {
    return LINKER.defaultLookup().find(name).map(Native::new);
  }

  /** Calls it with up to six arguments and returns what it returns. */
  public int call(long... arguments) {
    return call(UNREAD, arguments);
  }

  /** Calls it, and returns {@code -errno} if it returns a negative number. */
  public int callOrErrno(long... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = call(state, arguments);
      return result < 0 ? -(int) ERRNO.get(state, 0L) : result;
    }
  }

  private int call(MemorySegment state, long[] given) {
    try {
      return (int)
          HANDLE.invokeExact(
              function,
              state,
              at(given, 0),
              at(given, 1),
              at(given, 2),
              at(given, 3),
              at(given, 4),
              at(given, 5));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static long at(long[] given, int place) {
    return place < given.length ? given[place] : 0;
  }
}
