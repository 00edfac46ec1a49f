package fonio.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Ways to keep tasks apart, tried and not only looked up. */
final class Isolation {
  private static final Path KVM = Path.of("/dev/kvm");
  private static final int READ_WRITE = 2;
  private static final long GET_API_VERSION = 0xAE00;
  private static final String KVM_ENABLES = "tasks in micro virtual machines";
  private static final String NAMESPACES_ENABLE = "sandboxes without root, hosts out of namespaces";

  private Isolation() {}

  static Finding userNamespaces() {
    String name = "user namespaces";
    if (Question.find("unshare").isEmpty()) {
      return Finding.miss(name, "no unshare on PATH to try", "would enable " + NAMESPACES_ENABLE);
    }
    return Question.firstLine(List.of("unshare", "-U", "-r", "true")).isPresent()
        ? Finding.have(name, "unshare -U works", NAMESPACES_ENABLE)
        : Finding.miss(name, "unshare -U is refused", "would enable " + NAMESPACES_ENABLE);
  }

  static Finding kvm() {
    String would = "would enable " + KVM_ENABLES;
    if (!Files.exists(KVM)) {
      return Finding.miss("KVM", "no /dev/kvm", would);
    }
    if (!System.getProperty("os.name").equals("Linux")) {
      return Finding.miss("KVM", "not on this system", would);
    }
    int version = kvmApiVersion();
    return version > 0
        ? Finding.have("KVM", "/dev/kvm answers: API version " + version, KVM_ENABLES)
        : Finding.miss("KVM", "/dev/kvm is there, but this user may not use it", would);
  }

  /**
   * The version that the kernel's KVM answers to {@code KVM_GET_API_VERSION}; -1 if it does not.
   */
  @SuppressWarnings("restricted")
  private static int kvmApiVersion() {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor three =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG);
    FunctionDescriptor path =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    FunctionDescriptor one = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    MethodHandle open = handle(linker, "open", path, Linker.Option.firstVariadicArg(2));
    MethodHandle ioctl = handle(linker, "ioctl", three, Linker.Option.firstVariadicArg(2));
    MethodHandle close = handle(linker, "close", one);
    try (Arena arena = Arena.ofConfined()) {
      int descriptor = (int) open.invokeExact(arena.allocateFrom(KVM.toString()), READ_WRITE);
      if (descriptor < 0) {
        return -1;
      }
      int version = (int) ioctl.invokeExact(descriptor, GET_API_VERSION, 0L);
      int ignored = (int) close.invokeExact(descriptor);
      return ignored == 0 ? version : -1;
    } catch (Throwable broken) {
      throw new LinkageError("a call of the C library could not be made", broken);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle handle(
      Linker linker, String name, FunctionDescriptor shape, Linker.Option... options) {
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape, options);
  }
}
