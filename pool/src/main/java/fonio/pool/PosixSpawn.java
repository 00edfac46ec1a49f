package fonio.pool;

import static fonio.pool.Native.INT;
import static fonio.pool.Native.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** {@code posix_spawn(3)}: starts a process without copying the Java process that starts it. */
final class PosixSpawn {
  private static final int STRUCT_BYTES = 1024;
  private static final short SETPGROUP = 0x02;
  private static final short SETSIGDEF = 0x04;
  private static final short SETSIGMASK = 0x08;
  private static final int O_RDONLY = 0;
  private static final int O_WRONLY_CREAT_APPEND = 1 | 0x40 | 0x400;
  private static final long SIGPIPE_BIT = 1L << 12;

  private static final MethodHandle SPAWNP =
      Native.function("posix_spawnp", POINTER, POINTER, POINTER, POINTER, POINTER, POINTER);
  private static final MethodHandle ACTIONS_INIT =
      Native.function("posix_spawn_file_actions_init", POINTER);
  private static final MethodHandle ACTIONS_DESTROY =
      Native.function("posix_spawn_file_actions_destroy", POINTER);
  private static final MethodHandle ADD_OPEN =
      Native.function("posix_spawn_file_actions_addopen", POINTER, INT, POINTER, INT, INT);
  private static final MethodHandle ADD_CHDIR =
      Native.function("posix_spawn_file_actions_addchdir_np", POINTER, POINTER);
  private static final Optional<MethodHandle> ADD_CLOSE_FROM =
      Native.optional("posix_spawn_file_actions_addclosefrom_np", POINTER, INT);
  private static final MethodHandle ATTR_INIT = Native.function("posix_spawnattr_init", POINTER);
  private static final MethodHandle ATTR_DESTROY =
      Native.function("posix_spawnattr_destroy", POINTER);
  private static final MethodHandle SET_FLAGS =
      Native.function("posix_spawnattr_setflags", POINTER, ValueLayout.JAVA_SHORT);
  private static final MethodHandle SET_PGROUP =
      Native.function("posix_spawnattr_setpgroup", POINTER, INT);
  private static final MethodHandle SET_MASK =
      Native.function("posix_spawnattr_setsigmask", POINTER, POINTER);
  private static final MethodHandle SET_DEFAULTS =
      Native.function("posix_spawnattr_setsigdefault", POINTER, POINTER);

  private PosixSpawn() {}

  static int start(Spawner.Plan plan) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment actions = arena.allocate(STRUCT_BYTES, 16);
      MemorySegment attributes = arena.allocate(STRUCT_BYTES, 16);
      Native.call(ACTIONS_INIT, actions);
      Native.call(ATTR_INIT, attributes);
      try {
        fileActions(plan, arena, actions);
        attributes(arena, attributes);
        return spawn(plan, arena, actions, attributes);
      } finally {
        Native.call(ATTR_DESTROY, attributes);
        Native.call(ACTIONS_DESTROY, actions);
      }
    }
  }

  private static void fileActions(Spawner.Plan plan, Arena arena, MemorySegment actions) {
    Native.call(ADD_CHDIR, actions, text(arena, plan.workingDirectory().toString()));
    Native.call(ADD_OPEN, actions, 0, text(arena, "/dev/null"), O_RDONLY, 0);
    Native.call(
        ADD_OPEN, actions, 1, text(arena, plan.out().toString()), O_WRONLY_CREAT_APPEND, 0600);
    Native.call(
        ADD_OPEN, actions, 2, text(arena, plan.err().toString()), O_WRONLY_CREAT_APPEND, 0600);
    ADD_CLOSE_FROM.ifPresent(closeFrom -> Native.call(closeFrom, actions, 3));
  }

  private static void attributes(Arena arena, MemorySegment attributes) {
    MemorySegment mask = arena.allocate(128, 8);
    MemorySegment defaults = arena.allocate(128, 8);
    defaults.set(ValueLayout.JAVA_LONG, 0, SIGPIPE_BIT);
    Native.call(SET_FLAGS, attributes, (short) (SETPGROUP | SETSIGDEF | SETSIGMASK));
    Native.call(SET_PGROUP, attributes, 0);
    Native.call(SET_MASK, attributes, mask);
    Native.call(SET_DEFAULTS, attributes, defaults);
  }

  private static int spawn(
      Spawner.Plan plan, Arena arena, MemorySegment actions, MemorySegment attributes) {
    List<String> environment =
        plan.environment().entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
    String program = plan.command().getFirst();
    int error =
        Native.call(
            SPAWNP,
            pid,
            text(arena, program),
            actions,
            attributes,
            texts(arena, plan.command()),
            texts(arena, environment));
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
