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
import java.nio.file.Path;

/** The few functions of the C library that the JDK has no class for. */
@SuppressWarnings("restricted")
final class Libc {
  static final int O_RDWR = 2;
  static final int O_CREAT = 0x40;
  static final int O_EXCL = 0x80;
  static final int O_CLOEXEC = 0x80000;
  static final int LOCK_SH = 1;
  static final int LOCK_EX = 2;
  static final int LOCK_NB = 4;
  static final int EINTR = 4;
  static final int ENOENT = 2;
  static final int ENOMEM = 12;
  static final int EEXIST = 17;
  static final int EFBIG = 27;
  static final int ENOSPC = 28;
  static final int EDQUOT = 122;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle OPEN =
      handle(
          "open",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.ADDRESS,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT),
          Linker.Option.captureCallState("errno"),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle FLOCK =
      handle(
          "flock",
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
          Linker.Option.captureCallState("errno"));
  private static final MethodHandle CLOSE =
      handle("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
  private static final MethodHandle FALLOCATE =
      handle(
          "posix_fallocate",
          FunctionDescriptor.of(
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG));
  private static final MethodHandle MEMBARRIER =
      handle(
          "syscall",
          FunctionDescriptor.of(
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_LONG,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT,
              ValueLayout.JAVA_INT),
          Linker.Option.firstVariadicArg(1));
  private static final long SYS_MEMBARRIER =
      System.getProperty("os.arch").equals("aarch64") ? 283 : 324;

  private Libc() {}

  private static MethodHandle handle(
      String name, FunctionDescriptor type, Linker.Option... options) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, options);
  }

  /** A file descriptor, or -errno. */
  static int open(Path path, int flags, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment name = arena.allocateFrom(path.toString());
      int descriptor;
      do {
        descriptor = (int) OPEN.invokeExact(state, name, flags, mode);
      } while (descriptor < 0 && errno(state) == EINTR);
      return descriptor < 0 ? -errno(state) : descriptor;
    } catch (Throwable e) {
      throw unexpected("open", e);
    }
  }

  /** 0, or -errno. */
  static int flock(int descriptor, int operation) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result;
      do {
        result = (int) FLOCK.invokeExact(state, descriptor, operation);
      } while (result < 0 && errno(state) == EINTR);
      return result < 0 ? -errno(state) : 0;
    } catch (Throwable e) {
      throw unexpected("flock", e);
    }
  }

  static void close(int descriptor) {
    try {
      int ignored = (int) CLOSE.invokeExact(descriptor);
    } catch (Throwable e) {
      throw unexpected("close", e);
    }
  }

  /** 0, or the error's number. */
  static int allocate(int descriptor, long bytes) {
    try {
      int error;
      do {
        error = (int) FALLOCATE.invokeExact(descriptor, 0L, bytes);
      } while (error == EINTR);
      return error;
    } catch (Throwable e) {
      throw unexpected("posix_fallocate", e);
    }
  }

  /** What the system call says, -1 when it fails. */
  static long membarrier(int command) {
    try {
      return (long) MEMBARRIER.invokeExact(SYS_MEMBARRIER, command, 0, 0);
    } catch (Throwable e) {
      throw unexpected("membarrier", e);
    }
  }

  private static int errno(MemorySegment state) {
    return (int) ERRNO.get(state, 0L);
  }

  private static IllegalStateException unexpected(String name, Throwable cause) {
    return new IllegalStateException("the C library's " + name + " cannot be called", cause);
  }
}
