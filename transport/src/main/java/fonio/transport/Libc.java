package fonio.transport;

import java.lang.foreign.Arena;
import java.nio.file.Path;

/** The few functions of the C library that the JDK has no class for. */
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

  private static final Native OPEN = Native.function("open");
  private static final Native FLOCK = Native.function("flock");
  private static final Native CLOSE = Native.function("close");
  private static final Native FALLOCATE = Native.function("posix_fallocate");
  private static final Native SYSCALL = Native.function("syscall");
  private static final long SYS_MEMBARRIER =
      System.getProperty("os.arch").equals("aarch64") ? 283 : 324;

  private Libc() {}

  /** A file descriptor, or -errno. */
  static int open(Path path, int flags, int mode) {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path.toString()).address();
      int result;
      do {
        result = OPEN.callOrErrno(name, flags, mode);
      } while (result == -EINTR);
      return result;
    }
  }

  /** 0, or -errno. */
  static int flock(int descriptor, int operation) {
    int result;
    do {
      result = FLOCK.callOrErrno(descriptor, operation);
    } while (result == -EINTR);
    return result;
  }

  static void close(int descriptor) {
    int ignored = CLOSE.call(descriptor);
  }

  /** 0, or the error's number. */
  static int allocate(int descriptor, long bytes) {
    int error;
    do {
      error = FALLOCATE.call(descriptor, 0, bytes);
    } while (error == EINTR);
    return error;
  }

  /** What the system call says, -1 when it fails. */
  static int membarrier(int command) {
    return SYSCALL.call(SYS_MEMBARRIER, command);
  }
}
