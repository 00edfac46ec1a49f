package fonio.engine;

import fonio.api.spi.Body;
import fonio.wire.ClassDefinition;
import fonio.wire.FunctionDefinition;
import fonio.worker.Values;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A function and its options, as worker processes know them: a class of its own. */
record WorkerApp(Route any, Body body) {

  private static final int MOST_BYTES = 64 << 20;

  /** The function as it travels, under the number of the class that was made for it. */
  FunctionDefinition function(Route made) {
    try {
      byte[] code = Values.encode(body);
      if (code.length > MOST_BYTES) {
        throw new IllegalArgumentException(
            "the function for executor \"%s\" captures %d MiB; the most is %d: give it large values as arguments"
                .formatted(made.lane().label, code.length >> 20, MOST_BYTES >> 20));
      }
      return new FunctionDefinition(made.classId(), FunctionDefinition.JAVA, name(made), code);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the function cannot travel to executor \"%s\": %s; use a method reference, or a lambda that captures serializable values only"
              .formatted(made.lane().label, e),
          e);
    }
  }

  /** The class of its tasks, each of which may take so long, and needs that of its node. */
  ClassDefinition definition(Route made, Optional<Duration> walltime, Map<String, String> needs) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("name", name(made));
    options.put("lane", made.lane().label);
    options.putAll(needs);
    walltime.ifPresent(longest -> options.put("walltime_ms", Long.toString(longest.toMillis())));
    return new ClassDefinition(made.classId(), made.classId(), options);
  }

  private static String name(Route made) {
    return "app-" + made.classId();
  }
}
