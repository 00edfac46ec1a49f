package fonio.wire;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a peer must know before it runs a task: functions, classes, shared objects. */
public final class Definitions {
  private static final int INITIALIZER = 0;
  private static final int PROMISE = 0;

  private final Map<Integer, FunctionDefinition> functions = new HashMap<>();
  private final Map<Integer, ClassDefinition> classes = new HashMap<>();
  private final Map<Integer, Long> walltimes = new HashMap<>();
  private final Map<Integer, byte[]> shared = new LinkedHashMap<>();

  /** Remembers a function; the one of number 0 is the initializer. */
  public void function(FunctionDefinition function) {
    functions.put(function.id(), function);
  }

  /** Remembers a class whose function is known and whose walltime can be kept. */
  public void define(ClassDefinition definition) {
    int function = definition.function();
    if (function != PROMISE && !functions.containsKey(function)) {
      throw new IllegalArgumentException(
          "class %d names function %d, which is not defined; send its FUNCTION first"
              .formatted(definition.id(), function));
    }
    walltimes.put(definition.id(), walltime(definition));
    classes.put(definition.id(), definition);
  }

  private static long walltime(ClassDefinition definition) {
    String value = definition.options().getOrDefault("walltime_ms", "0");
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "class %d: walltime_ms=%s is no whole number of milliseconds"
              .formatted(definition.id(), value),
          e);
    }
  }

  /** Keeps a SHARE frame whole; peers get it as it came. */
  public byte[] share(FrameView frame) {
    byte[] bytes = Arrays.copyOfRange(frame.array(), frame.start(), frame.end());
    shared.put(frame.first(), bytes);
    return bytes;
  }

  /** Forgets a shared object. */
  public void unshare(int object) {
    shared.remove(object);
  }

  /** How long a task of a class may run; 0 for ever. */
  public long walltimeMillis(int classId) {
    return walltimes.getOrDefault(classId, 0L);
  }

  /** Whether a task of a class must not run again when it may have run already. */
  public boolean failsWhenLost(int classId) {
    ClassDefinition definition = classes.get(classId);
    return definition != null
        && "fail".equals(definition.options().getOrDefault("on_worker_lost", "rerun"));
  }

  /** Tells a new peer what all its tasks may need. */
  public void greet(Known known, FrameWriter writer) {
    tellInitializer(known, writer);
    shared.values().forEach(writer::whole);
  }

  /** Tells a peer the initializer, once, if there is one. */
  public void tellInitializer(Known known, FrameWriter writer) {
    FunctionDefinition initializer = functions.get(INITIALIZER);
    if (initializer != null && !known.functions.get(INITIALIZER)) {
      known.functions.set(INITIALIZER);
      initializer.encode(writer);
    }
  }

  /** Tells a peer what it needs for a class, once. */
  public void ensure(Known known, FrameWriter writer, int classId) {
    if (known.classes.get(classId)) {
      return;
    }
    ClassDefinition definition = classes.get(classId);
    if (definition == null) {
      throw new IllegalArgumentException("class " + classId + " is not defined");
    }
    FunctionDefinition function = functions.get(definition.function());
    if (function == null) {
      throw new IllegalArgumentException(
          "class "
              + classId
              + " names function "
              + definition.function()
              + ", which is not defined");
    }
    if (!known.functions.get(function.id())) {
      known.functions.set(function.id());
      function.encode(writer);
    }
    known.classes.set(classId);
    definition.encode(writer);
  }
}
