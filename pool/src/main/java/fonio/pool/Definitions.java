package fonio.pool;

import fonio.wire.ByteQueue;
import fonio.wire.ClassDefinition;
import fonio.wire.FrameView;
import fonio.wire.FrameWriter;
import fonio.wire.FunctionDefinition;
import fonio.wire.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What workers must know before they run a task: functions, classes, shared objects. */
final class Definitions {
  private static final int INITIALIZER = 0;
  private static final int PROMISE = 0;

  private final Map<Integer, FunctionDefinition> functions = new HashMap<>();
  private final Map<Integer, ClassDefinition> classes = new HashMap<>();
  private final Map<Integer, Long> walltimes = new HashMap<>();
  private final Map<Integer, byte[]> shared = new LinkedHashMap<>();

  void function(FunctionDefinition function) {
    functions.put(function.id(), function);
  }

  /** Remembers a class whose function is known and whose walltime can be kept. */
  void define(ClassDefinition definition) {
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

  /** Keeps a SHARE frame whole; workers get it as it came. */
  byte[] share(FrameView frame) {
    byte[] bytes = Arrays.copyOfRange(frame.array(), frame.start(), frame.end());
    shared.put(frame.first(), bytes);
    return bytes;
  }

  void unshare(int object) {
    shared.remove(object);
  }

  long walltimeMillis(int classId) {
    return walltimes.getOrDefault(classId, 0L);
  }

  /** Sends a new worker what all its tasks may need. */
  void greet(Worker worker) {
    sendInitializer(worker);
    shared.values().forEach(frame -> append(worker.outQueue, frame));
  }

  void sendInitializer(Worker worker) {
    FunctionDefinition initializer = functions.get(INITIALIZER);
    if (initializer != null && !worker.functions.get(INITIALIZER)) {
      worker.functions.set(INITIALIZER);
      initializer.encode(worker.writer);
    }
  }

  /** Sends a worker what it needs for a class, once. */
  void ensure(Worker worker, int classId) {
    if (worker.classes.get(classId)) {
      return;
    }
    ClassDefinition definition = classes.get(classId);
    if (definition == null) {
      throw new IllegalArgumentException("class " + classId + " is not defined");
    }
    FrameWriter writer = worker.writer;
    FunctionDefinition function = functions.get(definition.function());
    if (function == null) {
      throw new IllegalArgumentException(
          "class "
              + classId
              + " names function "
              + definition.function()
              + ", which is not defined");
    }
    if (!worker.functions.get(function.id())) {
      worker.functions.set(function.id());
      function.encode(writer);
    }
    worker.classes.set(classId);
    definition.encode(writer);
  }

  /** Appends a frame that is whole. */
  static void append(ByteQueue queue, byte[] frame) {
    queue.put(frame, 0, frame.length);
  }

  /** An UNSHARE frame for a worker. */
  static void unshare(Worker worker, int object) {
    worker.writer.frame(Kind.UNSHARE, 0, 0, object, new byte[0]);
  }
}
