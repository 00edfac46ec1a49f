package fonio.pool;

import fonio.transport.Native;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code posix_spawn(3)}: starts a process without copying the Java process that starts it. */
final class PosixSpawn {
  private static final int STRUCT_BYTES = 1024;
  private static final int SETPGROUP = 0x02;
  private static final int SETSIGDEF = 0x04;
  private static final int SETSIGMASK = 0x08;
  private static final int O_RDONLY = 0;
  private static final int O_WRONLY_CREAT_APPEND = 1 | 0x40 | 0x400;
  private static final long SIGPIPE_BIT = 1L << 12;

  private static final Native SPAWNP = Native.function("posix_spawnp");
  private static final Native ACTIONS_INIT = Native.function("posix_spawn_file_actions_init");
  private static final Native ACTIONS_DESTROY = Native.function("posix_spawn_file_actions_destroy");
  private static final Native ADD_OPEN = Native.function("posix_spawn_file_actions_addopen");
  private static final Optional<Native> ADD_CHDIR =
      Native.optional("posix_spawn_file_actions_addchdir_np");
  private static final Optional<Native> ADD_CLOSE_FROM =
      Native.optional("posix_spawn_file_actions_addclosefrom_np");
  private static final Native ATTR_INIT = Native.function("posix_spawnattr_init");
  private static final Native ATTR_DESTROY = Native.function("posix_spawnattr_destroy");
  private static final Native SET_FLAGS = Native.function("posix_spawnattr_setflags");
  private static final Native SET_PGROUP = Native.function("posix_spawnattr_setpgroup");
  private static final Native SET_MASK = Native.function("posix_spawnattr_setsigmask");
  private static final Native SET_DEFAULTS = Native.function("posix_spawnattr_setsigdefault");

  private PosixSpawn() {}

  /** Makes ready what the first start would otherwise wait for. */
  static void prepare() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(STRUCT_BYTES, 16);
      ACTIONS_INIT.call(actions.address());
      ACTIONS_DESTROY.call(actions.address());
    }
  }

  static int start(Spawner.Plan plan) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(STRUCT_BYTES, 16);
      MemorySegment attributes = arena.allocate(STRUCT_BYTES, 16);
      ACTIONS_INIT.call(actions.address());
      ATTR_INIT.call(attributes.address());
      try {
        fileActions(plan, arena, actions);
        attributes(arena, attributes);
        return spawn(plan, arena, actions, attributes);
      } finally {
        ATTR_DESTROY.call(attributes.address());
        ACTIONS_DESTROY.call(actions.address());
      }
    }
  }

  private static void fileActions(Spawner.Plan plan, Arena arena, MemorySegment actions) {
    // Without it (glibc before 2.29) the worker changes its folder itself, by the cwd of its
    // WELCOME.
    ADD_CHDIR.ifPresent(change ->
        change.call(actions.address(), text(arena, plan.workingDirectory().toString()).address()));
    open(arena, actions, 0, "/dev/null", O_RDONLY);
    open(arena, actions, 1, plan.out().toString(), O_WRONLY_CREAT_APPEND);
    open(arena, actions, 2, plan.err().toString(), O_WRONLY_CREAT_APPEND);
    ADD_CLOSE_FROM.ifPresent(closeFrom -> closeFrom.call(actions.address(), 3));
  }

  private static void open(
      Arena arena, MemorySegment actions, int descriptor, String path, int how) {
    long name = text(arena, path).address();
    ADD_OPEN.call(actions.address(), descriptor, name, how, 0600);
  }

  private static void attributes(Arena arena, MemorySegment attributes) {
    MemorySegment mask = arena.allocate(128, 8);
    MemorySegment defaults = arena.allocate(128, 8);
    defaults.set(ValueLayout.JAVA_LONG, 0, SIGPIPE_BIT);
    long address = attributes.address();
    SET_FLAGS.call(address, SETPGROUP | SETSIGDEF | SETSIGMASK);
    SET_PGROUP.call(address, 0);
    SET_MASK.call(address, mask.address());
    SET_DEFAULTS.call(address, defaults.address());
  }

  private static int spawn(
      Spawner.Plan plan, Arena arena, MemorySegment actions, MemorySegment attributes) {
    List<String> environment =
        plan.environment().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
    String program = plan.command().getFirst();
    int error =
        SPAWNP.call(
            pid.address(),
            text(arena, program).address(),
            actions.address(),
            attributes.address(),
            texts(arena, plan.command()).address(),
            texts(arena, environment).address());
    if (error != 0) {
      throw new SpawnException(
          "cannot start "
              + program
              + " in "
              + plan.workingDirectory()
              + ": error number "
              + error
              + (error == 2 ? " (not found); is it installed and on PATH?" : ""));
    }
    return pid.get(ValueLayout.JAVA_INT, 0);
  }

  private static MemorySegment text(Arena arena, String text) {
    return arena.allocateFrom(text, StandardCharsets.UTF_8);
  }

  private static MemorySegment texts(Arena arena, List<String> texts) {
    MemorySegment array = arena.allocate(ValueLayout.ADDRESS, texts.size() + 1L);
    for (int i = 0; i < texts.size(); i++) {
      array.setAtIndex(ValueLayout.ADDRESS, i, text(arena, texts.get(i)));
    }
    return array;
  }
}
